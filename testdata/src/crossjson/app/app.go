// Package app calls generic helpers of another package, with and without type
// arguments.
package app

import (
	"path/filepath"

	"crossjson/jsonfile"
)

type Peer struct{ Addr string }

type Node struct {
	peers, report string
	in, out       string
}

func (n *Node) Add(p Peer) error {
	var all []Peer
	if err := jsonfile.ReadJSON(n.peers, &all); err != nil {
		return err
	}
	return jsonfile.WriteJSON(n.peers, append(all, p)) // want `^jsonfile.WriteJSON truncates n.peers before .*partial \(read at app.go:\d+ and written back\)$`
}

func (n *Node) Forget() error {
	return jsonfile.WriteJSON[[]Peer](n.peers, nil) // want `^jsonfile.WriteJSON(\[\[\]Peer\])? truncates n.peers before .*partial \(Add reads it back at app.go:\d+\)$`
}

// Writer and reader are functions of their own.
func SaveRoutes(dir string, routes map[string]string) error {
	return jsonfile.WriteJSON(filepath.Join(dir, "routes.json"), routes) // want `^jsonfile.WriteJSON truncates filepath.Join\(dir, "routes.json"\) before .*partial \(routesIn reads it back at app.go:\d+\)$`
}

func routesIn(root string) (routes map[string]string, err error) {
	err = jsonfile.ReadJSON(filepath.Join(root, "routes.json"), &routes)
	return routes, err
}

// Near miss: a report that nobody reads.
func (n *Node) Report() error { return jsonfile.WriteJSON(n.report, "up") }

// Near miss: read here, written there.
func (n *Node) Convert() error {
	var all []Peer
	if err := jsonfile.ReadJSON(n.in, &all); err != nil {
		return err
	}
	return jsonfile.WriteJSON(n.out, map[string][]Peer{"peers": all})
}

// Near miss: what was written is read to see that it can be.
func Dump(path string, peers []Peer) error {
	if err := jsonfile.WriteJSON(path, peers); err != nil {
		return err
	}
	return jsonfile.ReadJSON(path, &peers)
}

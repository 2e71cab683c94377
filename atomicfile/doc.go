// Package atomicfile writes files so that a crash, a kill, a full disk or a power cut leaves the whole old content or
// the whole new content, and otherwise does what [os.WriteFile] and [os.Create] do.
//
//	err := atomicfile.WriteFile("state.json", data, 0o600)
//
//	f, err := atomicfile.Create("report.csv", 0o666)
//	if err != nil {
//		return err
//	}
//	defer f.Close() // throws the new content away, unless it was committed
//	... write to f ...
//	return f.Commit()
//
// # What is promised
//
//   - At every moment the name shows the whole old content or the whole new content: to other processes, and after a
//     kill or a power cut.
//   - After a nil error the new content survives a power cut. After a non-nil one the old content is there, unless the
//     error is an [*Error] with Replaced set: then the new one is, but a power cut may bring back the old.
//   - A failed or short write is never committed, even if its error was ignored.
//   - The new content is at no moment readable by anyone whom the final file refuses.
//   - Permissions, links and file types count as they do for os.WriteFile: what may not be written is not replaced, a
//     symbolic link stays and the file that it points to is written, a device, pipe or file of procfs is written
//     through.
//
// The new content goes to a temporary file in the directory of the old one, which gets the metadata of the old one,
// is synced, renamed over it, and made durable by an fsync of the directory.
//
// # What is kept
//
//	                               Linux           macOS, BSD, other Unix   Windows
//	mode                           yes             yes                      attributes but compression, encryption
//	setuid, setgid, sticky bits    dropped         dropped                  -
//	owner and group                if permitted    if permitted             owner: no
//	access control list            yes             no                       yes
//	extended attributes            user, trusted,  no                       -
//	                               SELinux, SMACK
//	file capabilities              dropped         -                        -
//	inode flags (chattr)           no              no                       -
//	alternate data streams         -               no                       no
//	hard links                     split           split                    split
//	birth time, inode number       new             new                      new
//
// If the group may not be kept, what only the old group or only the others had is dropped from the mode, and an access
// control list with it: nobody gains a permission.
//
// # Limits
//
//   - Both contents exist at once, so there must be room for both.
//   - The other names of a file with hard links keep the old content.
//   - A file that cannot be replaced is an error: a mount point (a bind-mounted file in a container), a file in a
//     directory that is not writable, or another user's in a sticky one. [Options].AllowInPlace writes it in place.
//   - Killed between giving the temporary file a name and renaming it, a process leaves a file .atomicfile-*.tmp, never
//     read again and safe to delete. On Linux, where the file system has O_TMPFILE (and for a new file the kernel is
//     6.0 or newer), that is the moment of the rename at the end of Commit on ext4 and xfs, and of the fsync and the
//     rename on others; elsewhere it is the whole writing.
//   - Processes that hold the old file open or mapped, or lock or watch it by inode, keep the old file.
//   - Of several writers at once the last to commit wins. Two at a time need a lock.
//   - Network file systems: NFS and SMB replace atomically for other clients only as far as their servers do, and an
//     fsync is only as good as the server's.
//   - Windows: a rename is atomic, but there is no flush of a directory: a power cut soon after a nil error may bring
//     back the old content. A name that another process holds open without sharing fails after two seconds.
//   - Plan 9 has no rename over an existing file: Commit fails there unless AllowInPlace is set. A new file works.
//   - A directory without read permission cannot be fsynced: on Linux sync(2) takes its place, elsewhere it is an
//     error.
//
// Sources for the order of steps: rename(2), fsync(2), open(2) under O_TMPFILE, and POSIX.1-2024 on rename and fsync.
package atomicfile

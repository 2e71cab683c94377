package fix

import "strings"

// A reason is why a finding has no fix: a few words that are understood behind
// "no fix: ". In those that have a %s a name takes its place: see of.
type reason string

// of returns the reason with a name in it.
func (r reason) of(name string) reason { return reason(strings.Replace(string(r), "%s", name, 1)) }

// The reasons. TestReasons finds each of them in a fixture.
//
// Of the package and the file.
const (
	whyElsewhere      reason = "the write is in another package"
	whyUnreadable     reason = "its source cannot be read"
	whyNotCompiling   reason = "the function does not compile"
	whyCgo            reason = "the file uses cgo"
	whyGenerated      reason = "the file is generated"
	whyLineDirectives reason = "the file has //line directives"
)

// Of what takes the write's place.
const (
	whyNoHelper     reason = "the project has no atomic helper"
	whyNotOfOS      reason = "only functions of package os are rewritten"
	whyWholeOnly    reason = "the helper takes only whole contents by their names"
	whyUnfit        reason = "%s takes other parameters than os.WriteFile"
	whyHelperItself reason = "it is in the helper itself"
	whyRecursive    reason = "the helper %s runs this code itself"
	whyGo           reason = "code of the Go distribution cannot import a helper"
	whyInternal     reason = "%s is internal elsewhere"
	whyUnsupported  reason = "the file is for systems or versions of Go that atomicfile does not support"
	whyNameTaken    reason = "the name %s means something else here"
	whyReordered    reason = "the helper takes the arguments in another order, and they are calls"
	whyOneCall      reason = "its arguments are the results of one call"
)

// Of who depends on the file that is there.
const (
	whyLocked        reason = "the package locks the file"
	whyWatched       reason = "the package watches the file"
	whyExecuted      reason = "the package hands the file to another program"
	whyManyFiles     reason = "many files are written in a loop"
	whyEmptied       reason = "write the new content to a file of atomicfile.Create and commit it where this one is emptied"
	whyEmptiedByName reason = "write the new content to a file of atomicfile.Create instead of emptying this one"
	whyRemovedBefore reason = "write the new content to a file of atomicfile.Create instead of removing this one"
)

// Of a function variable that is called.
const (
	whyFieldFunction    reason = "the function is kept in a field"
	whyExportedVariable reason = "the function is kept in an exported variable"
	whyUnfitVariable    reason = "the helper does not fit the variable that is called"
	whySetElsewhere     reason = "the variable that is called gets its function elsewhere"
	whyOtherUses        reason = "the variable that is called is used for something else too"
)

// Of how the file is opened.
const (
	whySpecialBits  reason = "the permissions have setuid, setgid or sticky bits"
	whyNoRoot       reason = "the root is not written in front of the method"
	whyMethodValue  reason = "it is called by a method value or expression"
	whyRunTimeFlags reason = "its flags are chosen at run time"
	whyMustExist    reason = "opening fails if the file is missing"
	whyNotTruncated reason = "the file is not truncated when it is opened"
	whyOtherFlags   reason = "its flags ask for more than an empty file"
	whySpecialMode  reason = "its mode has special bits"
	whyOutside      reason = "it is not opened in a function"
	whyVar          reason = "a var declaration opens it"
	whyErrorDropped reason = "the error of opening it is dropped"
	whyErrorStored  reason = "the error of opening it is stored"
)

// Of where the handle goes.
const (
	whyOtherHandles       reason = "the handle's variable is an *os.File that holds others too"
	whyAssignedAgain      reason = "the handle's variable is assigned elsewhere too"
	whyGivenAtOnce        reason = "the handle is given away where it is opened"
	whyReturned           reason = "the handle is returned"
	whyReturnedInFunction reason = "the handle is returned in a function"
	whyKeptInFunction     reason = "the handle is kept in a function"
	whySent               reason = "the handle is sent over a channel"
	whyStored             reason = "the handle is stored"
	whyKeptAsCloser       reason = "the handle is kept as an io.Closer"
	whyKeptOpen           reason = "the handle is left open, and something else may hold it"
	whyTypeAsked          reason = "the handle's type is asked for"
	whyAddress            reason = "the handle's address is taken"
	whyUnfollowed         reason = "the handle is used in a way that is not followed"
	whyOSFile             reason = "the handle is used as an *os.File"
	whyAnyType            reason = "the handle is used as a value of any type"
	whyMethodNeeded       reason = "the handle is used for its method %s"
	whyMethodUsed         reason = "the handle's %s is used"
	whyMethodAsValue      reason = "the handle's %s is used as a value"
	whyFieldCalled        reason = "a function in a field is called with the handle"
	whyLogged             reason = "the handle is given to a log or profile"
	whyMayClose           reason = "the handle is given to %s, which may close it"
	whyFunctionMayClose   reason = "the handle is given to a function that may close it"
	whyUnknownFunction    reason = "the handle is given to %s, which is not followed"
	whyHelperCloses       reason = "%s may close the handle"
	whyHelperAsks         reason = "%s asks for the handle's type"
	whyHelperKeeps        reason = "%s keeps the handle"
	whyHelperGives        reason = "%s gives the handle away"
	whyHelperSpawns       reason = "a goroutine of %s uses the handle"
	whySpawned            reason = "a goroutine uses the handle"
	whyMayBeNil           reason = "the handle is used where it may be nil"
)

// Of the writers on the handle.
const (
	whyWriterStored      reason = "a writer on the handle is stored"
	whyWriterAsValue     reason = "a writer on the handle is used as a value"
	whyWriterAssigned    reason = "the variable of a writer on the handle is assigned elsewhere too"
	whyWriterScope       reason = "a writer on the handle is used where it is out of scope"
	whyHandleScope       reason = "a writer on the handle is used where the handle is out of scope"
	whyGoroutineWrites   reason = "a goroutine may write to the file"
	whyDeferredMayWrite  reason = "a deferred call may write to the file"
	whyDeferredWrites    reason = "a deferred call writes to the file"
	whyDeferredCloser    reason = "a deferred call closes a writer in a way that is not followed"
	whyDeferredChecks    reason = "a deferred function closes a writer and looks at the error"
	whyClosedFirst       reason = "a deferred call closes the handle before a writer on it is flushed"
	whyDeferredSync      reason = "a deferred function looks at the error of Sync"
	whyDeferredSometimes reason = "a deferred function flushes a writer in some cases only"
	whyFlushedSometimes  reason = "a writer is flushed on some paths only"
	whyFlushUnfollowed   reason = "a writer is flushed in a way that is not followed"
)

// Of what is done to the path meanwhile.
const (
	whyReadMeanwhile  reason = "the file is read before it is complete"
	whyPathUsed       reason = "%s is called with the path before the file is complete"
	whyLiteralOnPath  reason = "a function literal works on the path"
	whyDeferredOnPath reason = "a deferred call works on the path"
	whyRemoved        reason = "the file is removed where writing it fails"
	whyTold           reason = "another goroutine may go on before the file is complete"
)

// Of where the handle is closed and the file committed.
const (
	whyNoSuccess          reason = "no exit of the function is known to be a success"
	whySeveralErrors      reason = "the function returns several errors"
	whyNoReport           reason = "the function has no way to report an error"
	whyCannotTell         reason = "whether the function fails where it returns cannot be told"
	whyPassedOver         reason = "a failed write is passed over"
	whyMayBeNone          reason = "an error may be none"
	whySameReturned       reason = "a failure and a success return the same"
	whySamePlace          reason = "a failure and a success leave the function in the same place"
	whyOpenedOrNot        reason = "the function ends in the same place whether or not the file was opened"
	whyErrorReplaced      reason = "a deferred function replaces the error"
	whyRunTimeError       reason = "the returned error is known at run time only"
	whySeveralThings      reason = "the return statement does several things"
	whySharedLine         reason = "the return statement shares its line"
	whyNoName             reason = "a result has no name"
	whyNoZero             reason = "a result has no zero value that can be written"
	whyNameAtReturn       reason = "the handle's name means something else where the function returns"
	whyClosedByLiteral    reason = "a function literal closes the handle"
	whyClosedInExpression reason = "the handle is closed inside of an expression"
	whyClosedInLine       reason = "the handle is closed in a line with something else"
	whyClosedUnchecked    reason = "the handle is closed before the errors are looked at"
	whyClosedEarly        reason = "the handle is closed before it is known to be open"
	whyClosedSometimes    reason = "the handle is closed on some paths only"
	whyExitsOpen          reason = "the program ends while the file is open"
	whyLeftInPlaces       reason = "the handle's block is left in several places"
	whyOneLineBlock       reason = "the block is in one line"
	whyNoDeferPlace       reason = "there is no place for a deferred Close"
)

// Of what is more than is followed.
const (
	whyTooLarge       reason = "the function is too large"
	whyTooManyPaths   reason = "too many paths lead through the function"
	whyTooManyWriters reason = "too many writers are on the handle"
	whyTooManyStreams reason = "the function opens too many files, apply the fixes for the others and run again"
	whyConflict       reason = "the fix for another file of the function changes the same lines, apply it and run again"
)

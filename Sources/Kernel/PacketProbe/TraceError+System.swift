import LinuxSystem
import Netlink
import PacketTrace

/// Runs a step of a trace; `what` names it in the error.
func attempt<Result: ~Copyable>(
  _ what: String, _ body: () throws(NetlinkError) -> Result
) throws(TraceError) -> Result {
  do throws(NetlinkError) { return try body() } catch {
    throw .refused(what, error.errno, explanation: error.description)
  }
}

/// The same for a system call.
func attemptCall<Result: ~Copyable>(
  _ what: String, _ body: () throws(Errno) -> Result
) throws(TraceError) -> Result {
  do throws(Errno) { return try body() } catch {
    throw .refused(what, error, explanation: error.description)
  }
}

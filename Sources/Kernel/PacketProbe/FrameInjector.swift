import CLinux
import LinuxSystem

/// Lets a link receive frames that were never sent (XDP live frames, Linux 5.18). Nothing is created
/// or attached.
struct FrameInjector: ~Copyable {
  private let program: FileDescriptor

  /// Throws `.notPermitted` without CAP_BPF, and other errors where the kernel has no bpf(2).
  static func open() throws(Errno) -> FrameInjector {
    let number = clinux_load_pass_program()
    guard number >= 0 else { throw .current }
    return FrameInjector(program: FileDescriptor(owning: number))
  }

  /// Lets a link of the thread's network namespace receive a frame.
  func inject(_ frame: [UInt8], on link: UInt32) throws(Errno) {
    let result = unsafe frame.withUnsafeBytes { buffer in
      unsafe clinux_inject_frame(program.rawValue, buffer.baseAddress, buffer.count, link)
    }
    guard result >= 0 else { throw .current }
  }
}

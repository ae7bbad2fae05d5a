import KernelTestSupport
import NetworkModel

@testable import StateStore

let boot = "6c0f1b4e-0d7e-4c38-9d5c-3f4f7b9a2d11"

/// Runs `body` with a state directory that counts as initialised.
func withStateFolder<Result>(
  boot: String = boot, _ body: (StateFolder) throws -> Result
) throws -> Result {
  try withTemporaryFolder { path in
    let folder = try StateFolder.make(path + "/state", boot: boot)
    var arbitrary = Arbitrary(seed: 1)
    let host = arbitrary.host()
    try folder.change { (state) throws(StateError) in try state.save(host) }
    return try body(folder)
  }
}

extension StateFolder {
  func change<Result>(
    _ body: (borrowing LockedState) throws(StateError) -> Result
  ) throws(StateError) -> Result {
    let state = try lock()
    return try body(state)
  }

  func add(_ network: Network) throws(StateError) {
    try change { (state) throws(StateError) in
      try state.stage(network)
      try state.commit(network)
    }
  }

  func add(_ endpoint: Endpoint) throws(StateError) {
    try change { (state) throws(StateError) in
      try state.stage(endpoint)
      try state.commit(endpoint)
    }
  }

  func drop(_ network: Network) throws(StateError) {
    try change { (state) throws(StateError) in
      try state.stageRemoval(network)
      try state.discard(network)
    }
  }

  func drop(_ endpoint: Endpoint) throws(StateError) {
    try change { (state) throws(StateError) in
      try state.stageRemoval(endpoint)
      try state.discard(endpoint)
    }
  }

  var file: (String) -> String { { name in "\(self.path)/\(name)" } }
}

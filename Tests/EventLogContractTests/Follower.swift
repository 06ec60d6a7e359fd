import EventLog
import Synchronization

/// Who has which partition's store open, over all members of a group.
final class OpenStores: Sendable {
  private struct State {
    var owners: [Int32: String] = [:]
    var clashes: [String] = []
  }

  private let state = Mutex(State())
  let changes = ChangeSignal()

  func open(_ partition: Int32, by member: String) {
    state.withLock { state in
      if let owner = state.owners[partition] {
        state.clashes.append("\(member) opens \(partition), which \(owner) has open")
      }
      state.owners[partition] = member
    }
    changes.advance()
  }

  func close(_ partition: Int32, by member: String) {
    state.withLock { state in
      if state.owners[partition] == member { state.owners[partition] = nil }
    }
    changes.advance()
  }

  /// Stores that two had open at once.
  var clashes: [String] { state.withLock { $0.clashes } }

  /// Waits until the open stores are shared as wanted.
  func wait(until isShared: ([String: Set<Int32>]) -> Bool) async throws {
    while true {
      let seen = changes.changes
      let owners = state.withLock { $0.owners }
      if isShared(Dictionary(grouping: owners.keys) { owners[$0] ?? "" }.mapValues { Set($0) }) {
        return
      }
      try await changes.wait(after: seen)
    }
  }
}

/// Does with a membership what a stage does: opens the stores of what it owns, and closes and
/// releases those of what it loses.
struct Follower {
  let name: String
  let stores: OpenStores
  private let member: any GroupMember
  private let task: Task<Void, any Error>

  init(_ member: any GroupMember, _ name: String, stores: OpenStores, partitions: Int32) {
    self.name = name
    self.stores = stores
    self.member = member
    task = Task {
      var open: Set<Int32> = []
      while let owned = try await member.nextAssignment() {
        for partition in 0..<partitions where !owned.contains(partition) {
          if open.remove(partition) != nil { stores.close(partition, by: name) }
          await member.released(partition)
        }
        for partition in owned.subtracting(open) { stores.open(partition, by: name) }
        open = owned
      }
      for partition in open { stores.close(partition, by: name) }
    }
  }

  /// Closes the stores, then leaves.
  func leave() async throws {
    task.cancel()
    _ = await task.result
    for partition in 0..<Int32(64) { stores.close(partition, by: name) }
    await member.leave()
  }
}

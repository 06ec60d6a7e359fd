import Foundation
import Synchronization
import Testing

@testable import Store

struct FileLockTests {
  private final class Flag: Sendable {
    private let state = Atomic<Bool>(false)

    var isSet: Bool { state.load(ordering: .relaxed) }

    func set() { state.store(true, ordering: .relaxed) }
  }

  @Test func onlyOneHasIt() throws {
    try Self.withPath { path in
      let lock = try FileLock(path: path)
      #expect(throws: StoreError.alreadyOpen(path)) { _ = try FileLock(path: path) }
      lock.release()
      _ = try FileLock(path: path)
    }
  }

  /// Who is refused closes the file once: a second time it could be another's.
  @Test(.timeLimit(.minutes(10))) func whoIsRefusedClosesNoFileOfAnother() async throws {
    try await Self.withPath { path in
      let lock = try FileLock(path: path)
      await withTaskGroup { group in
        group.addTask {
          for _ in 0..<20_000 {
            #expect(throws: StoreError.self) { _ = try FileLock(path: path, tries: 1) }
          }
        }
        group.addTask {
          let lost = (0..<20_000).count { _ in
            let file = open("/dev/null", O_RDONLY | O_CLOEXEC)
            for _ in 0..<20 { sched_yield() }
            return close(file) != 0
          }
          #expect(lost == 0)
        }
      }
      lock.release()
    }
  }

  /// Who looks whether there is an owner is none.
  @Test(.timeLimit(.minutes(10))) func aLookKeepsNobodyOut() async throws {
    try await Self.withPath { path in
      try FileLock(path: path).release()
      let isOver = Flag()
      try await withThrowingTaskGroup { group in
        group.addTask {
          defer { isOver.set() }
          for _ in 0..<5_000 { try FileLock(path: path).release() }
        }
        group.addTask { while !isOver.isSet { _ = FileLock.isHeld(path) } }
        try await group.waitForAll()
      }
    }
  }

  private static func withPath<Result>(
    _ body: (String) async throws -> Result
  ) async rethrows -> Result {
    let path = FileManager.default.temporaryDirectory.path + "/saldo-lock-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
  }

  private static func withPath<Result>(_ body: (String) throws -> Result) rethrows -> Result {
    let path = FileManager.default.temporaryDirectory.path + "/saldo-lock-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }
}

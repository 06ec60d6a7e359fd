import Foundation
import Testing

@testable import Store

struct FileLockTests {
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
          for _ in 0..<20_000 { #expect(throws: StoreError.self) { _ = try FileLock(path: path) } }
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

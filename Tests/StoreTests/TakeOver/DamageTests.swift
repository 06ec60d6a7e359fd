import EventLog
import EventLogTesting
import Foundation
import Logging
import SQLite
import Store
import Testing

@testable import ServiceRuntime

/// Stores whose files change under those who work on them, or read them.
@Suite(.timeLimit(.minutes(5))) struct DamageTests {
  private let status = StageStatus()

  private func running(
    _ desk: StoreDesk, _ body: () async throws -> Void
  ) async throws {
    var runner = StageRunner(
      SummingStage.stage, log: desk.log, directory: desk.folder, member: "one", status: status,
      endurance: .stopsThePartition, logger: desk.lines.logger)
    runner.markTick = .milliseconds(20)
    let set = runner
    let running = Task { try await set.run() }
    do {
      try await body()
    } catch {
      running.cancel()
      throw error
    }
    running.cancel()
    _ = await running.result
  }

  private func wait(_ isOver: () throws -> Bool) async throws {
    while try !isOver() {
      try Task.checkCancellation()
      await Task.yield()
    }
  }

  private let key = StageStatus.Key(stage: "test/sums", source: SummingStage.source)

  /// A reader finds it, while the one who works on it waits for records.
  @Test func aMarkedStoreIsMadeAgainWhileItsPartitionRuns() async throws {
    let folder = try TemporaryFolder()
    let desk = try await StoreDesk(folder.path)
    try await desk.send(Array(1...9))
    let path = desk.path
    try await running(desk) {
      try await wait { status.all[key]?.position == 9 }
      DamageMark.set(on: path, "a page does not carry its seal")
      // Its first store was made of records that were there already.
      try await wait { status.counts["test/sums"]?.origins[.rebuilt] == 2 }
      try await wait { status.all[key]?.position == 9 }
    }
    #expect(try desk.state().sum == 45)
    #expect(!DamageMark.isSet(on: path))
    #expect(desk.lines.all.contains { $0.contains("does not carry its seal") })
    #expect(
      FileManager.default.fileExists(atPath: path + "-set-aside-1"), "what it was is kept")
    // What it sent again is known by its marks.
    #expect(Set(try await desk.sent()).count == 5)
  }

  /// The stage itself reads a page that changed.
  @Test func aStoreThatFailsInAStepIsMadeAgain() async throws {
    let folder = try TemporaryFolder()
    let desk = try await StoreDesk(folder.path)
    try await desk.send(Array(1...9))
    try await desk.run()
    // Every page but the first: opening reads most of them.
    let handle = try FileHandle(forUpdating: URL(filePath: desk.path))
    let end = try handle.seekToEnd()
    for page in 1..<end / 16_384 {
      try handle.seek(toOffset: page * 16_384 + 100)
      try handle.write(contentsOf: Data([0xA5, 0x5A, 0xA5]))
    }
    try handle.close()
    try await desk.send([10])
    try await running(desk) { try await wait { status.all[key]?.position == 10 } }
    #expect(try desk.state().sum == 55)
  }

  @Test func aMarkThatWasLeftSetsTheStoreAside() async throws {
    let folder = try TemporaryFolder()
    let desk = try await StoreDesk(folder.path)
    try await desk.send([1, 2, 3])
    try await desk.run()
    DamageMark.set(on: desk.path, "export: page 7\nof it")
    #expect(DamageMark.reason(of: desk.path) == "export: page 7 of it")
    #expect(try await desk.run().origins == [.rebuilt: 1, .new: 1])
    #expect(try await desk.run().origins == [.kept: 1, .new: 1])
    #expect(try desk.state().sum == 6)
  }

  /// While somebody reads, what was written since cannot leave the WAL; afterwards it shrinks.
  @Test func theWALOfALongReaderIsGivenBack() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/sums-0.sqlite"
    let store = try SummingStage.store(path)
    let db = store.connection
    try db.execute("CREATE TABLE filler (bytes BLOB) STRICT")
    let reader = try Connection(path: path, .read)
    try reader.execute("BEGIN")
    _ = try reader.scalar("SELECT count(*) FROM filler", as: Int.self)
    for _ in 0..<50 {
      try db.transaction { try db.run("INSERT INTO filler VALUES (zeroblob(2000000))") }
    }
    func size() throws -> Int {
      let attributes = try FileManager.default.attributesOfItem(atPath: path + "-wal")
      return (attributes[.size] as? NSNumber)?.intValue ?? 0
    }
    #expect(try size() > 90_000_000)
    try reader.close()
    for _ in 0..<3 { try db.run("INSERT INTO filler VALUES (x'00')") }
    #expect(try size() <= 33_000_000)
    try store.close()
  }
}

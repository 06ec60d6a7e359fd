import EventLog
import EventLogTesting
import Foundation
import SQLite
import Store
import Testing

@testable import ServiceRuntime

/// A partition comes to an instance: which store it gets.
@Suite(.timeLimit(.minutes(20))) struct TakeOverTests {
  /// Fills a desk's store with some numbers, as an earlier owner would.
  private func filled(_ folder: String) async throws -> StoreDesk {
    let desk = try await StoreDesk(folder)
    try await desk.send(Array(1...40))
    let counts = try await desk.run()
    #expect(counts.origins == [.rebuilt: 1, .new: 1])
    return desk
  }

  private func aside(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder + "/test").filter {
      $0.contains("set-aside")
    }.sorted()
  }

  @Test func aWholeStoreIsKept() async throws {
    let folder = try TemporaryFolder()
    let desk = try await filled(folder.path)
    let before = try desk.state()
    let counts = try await desk.run()
    #expect(counts.origins == [.kept: 1, .new: 1] && counts.setAside == 0)
    #expect(counts.records[0]?.applied ?? 0 == 0)
    #expect(try desk.state() == before && before.sum == 820)
    #expect(before.progress.last?.offset == 39)
  }

  /// Ways in which a store is not whole, each with a word of the reason that is logged.
  enum Harm: String, CaseIterable {
    case noDatabase, cutShort, damagedPage, foreignName, unreadableState

    var reason: String {
      switch self {
      case .noDatabase: "not a database"
      case .cutShort: "malformed"
      case .damagedPage: "in database main"
      case .foreignName: "belongs to"
      case .unreadableState: "a batch of 3 records"
      }
    }
  }

  @Test(arguments: Harm.allCases)
  func aStoreThatIsNotWholeIsSetAsideAndMadeAnew(_ harm: Harm) async throws {
    let folder = try TemporaryFolder()
    let desk = try await filled(folder.path)
    let before = try desk.state()
    try Self.do(harm, to: desk.path)
    let counts = try await desk.run()
    #expect(counts.origins == [.rebuilt: 1, .new: 1] && counts.setAside == 1)
    #expect(try desk.state() == before)
    #expect(try aside(folder.path).contains("sums-0.sqlite-set-aside-1"))
    let line = desk.lines.all.first { $0.contains("A store is set aside") } ?? ""
    #expect(line.contains(harm.reason), "\(line)")

    // The next one gets another name, and the first stays.
    try Self.do(.noDatabase, to: desk.path)
    #expect(try await desk.run().setAside == 1)
    #expect(try aside(folder.path).contains("sums-0.sqlite-set-aside-2"))
  }

  static func `do`(_ harm: Harm, to path: String) throws {
    func change(closed: Bool = true, _ sql: String) throws {
      let db = try Connection(path: path)
      try db.execute(sql)
      if !closed {
        try db.execute("DELETE FROM stage WHERE key = 'closed'")
      }
      try db.close()
    }
    switch harm {
    case .noDatabase:
      try Data("This is not a database, and long enough to be seen so.".utf8).write(
        to: URL(filePath: path))
    case .cutShort:
      try change(closed: false, "CREATE TABLE filler AS SELECT randomblob(400000)")
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      try handle.truncate(atOffset: 16_384 * 8)
      try handle.close()
    case .damagedPage:
      try change(closed: false, "CREATE TABLE filler AS SELECT randomblob(400000)")
      let handle = try FileHandle(forUpdating: URL(filePath: path))
      for page in 5..<9 {
        try handle.seek(toOffset: UInt64(page * 16_384))
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 16_384))
      }
      try handle.close()
    case .foreignName:
      try change("UPDATE stage SET value = replace(value, 'sums/0', 'sums/1')")
    case .unreadableState:
      try change(
        "INSERT INTO outbox (topic, partition, count, bytes) VALUES ('odd', 0, 3, x'0102')")
    }
  }

  /// A log that lacks what a store has applied was cut. To build the store anew would give new
  /// facts the offsets of lost ones, and every reader would take them for repetitions: nothing is
  /// touched.
  @Test(arguments: [
    ("UPDATE position SET next = 41", "numbers/0 ends at 40, and 41 was reached before"),
    (
      "UPDATE stage SET value = '39 abcdef' WHERE key = 'last'",
      "numbers/0 has another record at 39 than was applied"
    ),
  ])
  func aLogThatWasCutIsAnErrorWithTheWayBack(_ sql: String, _ reason: String) async throws {
    let folder = try TemporaryFolder()
    let desk = try await filled(folder.path)
    let db = try Connection(path: desk.path)
    try db.execute(sql)
    try db.close()
    let before = try desk.state()
    let error = await #expect(throws: StoreError.self) { try await desk.run() }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.hasPrefix(reason) && text.contains("Bring the log back"), "\(text)")
    #expect(try aside(folder.path) == [])
    #expect(try desk.state() == before)
  }

  @Test func aStoreThatWasNotClosedIsCheckedAndKept() async throws {
    let folder = try TemporaryFolder()
    let desk = try await filled(folder.path)
    let db = try Connection(path: desk.path)
    try db.execute("DELETE FROM stage WHERE key = 'closed'")
    try db.close()
    let store = try SummingStage.store(desk.path)
    #expect(!store.wasClosed)
    #expect(try store.damage() == nil)
    try store.close(whole: false)
    #expect(try await desk.run().origins == [.kept: 1, .new: 1])
    let closed = try SummingStage.store(desk.path)
    #expect(closed.wasClosed)
    try closed.close()
  }

  /// A log that was made again has other facts at the same offsets: what is made of them is of
  /// another log, and nobody's repetition.
  @Test func aLogThatWasReplacedIsKnownByItsRecords() async throws {
    let folder = try TemporaryFolder()
    let desk = try await filled(folder.path)
    // The same numbers at the same offsets, received at another time.
    let other = try await StoreDesk(folder.path)
    try await other.send(Array(1...45), received: 5_000)
    let counts = try await other.run()
    #expect(counts.origins == [.rebuilt: 1, .new: 1] && counts.setAside == 1)
    #expect(try desk.state().sum == 45 * 46 / 2)
    let epochs = [desk, other].map { desk in
      Set(
        desk.log.readNow(TopicPartition("odd", 0), from: 0, limit: .init(records: 10_000))
          .segments.map { $0.link?.epoch ?? 0 })
    }
    #expect(epochs.allSatisfy { $0.count == 1 && !$0.contains(0) } && epochs[0] != epochs[1])
  }

  @Test func otherNumbersOfPartitionsAreTheOwnersToMend() async throws {
    let folder = try TemporaryFolder()
    let desk = try await filled(folder.path)
    let db = try Connection(path: desk.path)
    try db.execute("UPDATE stage SET value = replace(value, 'numbers:2', 'numbers:3')")
    try db.close()
    await #expect(throws: StoreError.self) { try await desk.run() }
    #expect(try aside(folder.path) == [])
  }

  @Test func aStoreOfALaterProgramIsTheOwnersToMend() async throws {
    let folder = try TemporaryFolder()
    let desk = try await filled(folder.path)
    let db = try Connection(path: desk.path)
    try db.run("INSERT INTO migration (name) VALUES ('of later')")
    try db.close()
    await #expect(throws: StoreError.laterVersion("of later")) { try await desk.run() }
    #expect(try aside(folder.path) == [])
  }

  @Test func whatIsLeftBesideAStoreThatIsGoneIsNotTakenForItsOwn() async throws {
    let folder = try TemporaryFolder()
    let desk = try await filled(folder.path)
    let before = try desk.state()
    try FileManager.default.moveItem(atPath: desk.path, toPath: desk.path + "-wal")
    #expect(try await desk.run().origins == [.rebuilt: 1, .new: 1])
    #expect(try desk.state() == before)
  }

  @Test func aStoreThatAnotherIsAboutToCloseIsWaitedFor() async throws {
    let folder = try TemporaryFolder()
    let desk = try await filled(folder.path)
    let file = try StoreFile(path: desk.path)
    await #expect(throws: StoreError.alreadyOpen(desk.path + ".lock")) {
      try await desk.run(patience: .milliseconds(1))
    }
    let running = Task { try await desk.run(patience: .seconds(100)) }
    // Whether it waits already or begins after this: it gets the store.
    await Task.yield()
    file.release()
    #expect(try await running.value.origins == [.kept: 1, .new: 1])
  }
}

import EventLog
import Foundation
import SQLite
import Store
import Testing

@testable import ServiceRuntime

/// Snapshots of stores: taken while the stage works, restored where a store is missing or far
/// behind, and worth nothing where they are not whole.
@Suite(.timeLimit(.minutes(20))) struct SnapshotTests {
  /// A desk, and an instance elsewhere, which has no store but the shared folder.
  private struct Place: ~Copyable {
    let folder: TemporaryFolder
    let desk: StoreDesk
    var elsewhere: String { folder.path + "/elsewhere" }
    var settings: SnapshotSettings {
      SnapshotSettings(
        directory: folder.path + "/shared", everyRecords: 10, interval: .milliseconds(80))
    }
    var snapshots: String { settings.directory + "/test/sums-0" }

    init() async throws {
      let folder = try TemporaryFolder()
      desk = try await StoreDesk(folder.path)
      self.folder = folder
    }

    /// Sends numbers and runs an instance until a snapshot has them all.
    func take(_ numbers: ClosedRange<Int>) async throws {
      try await desk.send(Array(numbers))
      let end = Int64(numbers.upperBound)
      let counts = try await desk.run(snapshots: settings) {
        $0.snapshots.last[0]?.position == end
      }
      #expect(counts.snapshots.written >= 1 && counts.snapshots.failed == 0)
    }

    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: snapshots).sorted()
    }
  }

  @Test func aPartitionThatComesFromAnotherInstanceIsRestored() async throws {
    let place = try await Place()
    try await place.take(1...40)
    try await place.desk.send(Array(41...45))
    let counts = try await place.desk.run(snapshots: place.settings, on: place.elsewhere)
    #expect(counts.origins == [.snapshot: 1, .new: 1] && counts.setAside == 0)
    // Only the rest was applied, and what came of it is what the whole log comes to.
    #expect(counts.records[0]?.applied == 5)
    let rebuilt = place.folder.path + "/rebuilt"
    #expect(try await place.desk.run(on: rebuilt).origins == [.rebuilt: 1, .new: 1])
    let state = try place.desk.state(on: place.elsewhere)
    #expect(state == (try place.desk.state(on: rebuilt)))
    #expect(state.sum == 45 * 46 / 2)
    #expect(!FileManager.default.fileExists(atPath: place.elsewhere + "/test/.restoring"))
  }

  @Test func whatIsSentAfterARestorationIsWhatWasSentBefore() async throws {
    let place = try await Place()
    try await place.take(1...40)
    try await place.desk.send(Array(41...60))
    try await place.desk.run()
    let sent = try await place.desk.sent()
    // Applies 41 to 60 again, and so sends what they made once more.
    try await place.desk.run(snapshots: place.settings, on: place.elsewhere)
    let again = try await place.desk.sent()
    #expect(again.count > sent.count && Set(again) == Set(sent))
    try await place.desk.run(on: place.folder.path + "/rebuilt")
    #expect(Set(try await place.desk.sent()) == Set(sent))
  }

  @Test func aStoreFarBehindASnapshotGivesWay() async throws {
    let place = try await Place()
    try await place.desk.send(Array(1...3))
    try await place.desk.run(on: place.elsewhere)
    try await place.take(4...40)
    let counts = try await place.desk.run(snapshots: place.settings, on: place.elsewhere)
    #expect(counts.origins == [.snapshot: 1, .new: 1] && counts.setAside == 0)
    // One that is as far is kept.
    let kept = try await place.desk.run(snapshots: place.settings, on: place.elsewhere)
    #expect(kept.origins == [.kept: 1, .new: 1])
    #expect(try place.desk.state(on: place.elsewhere) == place.desk.state())
  }

  /// Ways in which the last snapshot is worth nothing, each with a word of the reason.
  enum Harm: String, CaseIterable {
    case flippedByte, cutShort, copyGone, manifestCut, otherPartitions, laterLayout, otherLog
    case aheadOfTheLog

    var reason: String {
      switch self {
      case .flippedByte: "checksum"
      case .cutShort: "bytes, not"
      case .copyGone: "No such file"
      case .manifestCut: "cannot be read"
      case .otherPartitions: "numbers of partitions"
      case .laterLayout: "layout 99"
      case .otherLog: "another record"
      case .aheadOfTheLog: "numbers/0 ends at 60"
      }
    }
  }

  @Test(arguments: Harm.allCases)
  func aSnapshotThatIsNotWholeIsPassedOverForTheOneBefore(_ harm: Harm) async throws {
    let place = try await Place()
    try await place.take(1...30)
    let first = Set(try place.names())
    try await place.take(31...60)
    let last = try place.names().filter { !first.contains($0) }
    let manifest = try #require(last.last { $0.hasSuffix(".json") })
    try Self.do(harm, place.snapshots + "/" + manifest)
    let counts = try await place.desk.run(snapshots: place.settings, on: place.elsewhere)
    #expect(counts.origins == [.snapshot: 1, .new: 1])
    #expect(counts.records[0]?.applied ?? 0 >= 1)
    #expect(try place.desk.state(on: place.elsewhere) == place.desk.state())
    let line = place.desk.lines.all.first { $0.contains("A snapshot is passed over") } ?? ""
    #expect(line.contains(harm.reason), "\(line)")
  }

  @Test func withoutAnyThatIsWholeTheStoreIsRebuilt() async throws {
    let place = try await Place()
    try await place.take(1...30)
    for name in try place.names() where name.hasSuffix(".json") {
      try Self.do(.flippedByte, place.snapshots + "/" + name)
    }
    let counts = try await place.desk.run(snapshots: place.settings, on: place.elsewhere)
    #expect(counts.origins == [.rebuilt: 1, .new: 1])
    #expect(try place.desk.state(on: place.elsewhere) == place.desk.state())
  }

  /// Its bytes are whole, but not what a handler can go on from: no start may fail on it.
  @Test func oneThatNobodyCanGoOnFromIsSetAsideAndTheStoreRebuilt() async throws {
    let place = try await Place()
    try await place.desk.send(Array(1...40))
    try await place.desk.run()
    let before = try place.desk.state()
    try TakeOverTests.do(.unreadableState, to: place.desk.path)
    let folder = SnapshotFolder(place.settings)
    #expect(try folder.write(place.desk.path, of: SummingStage.identity, taken: 1) != nil)
    for _ in 1...2 {
      let counts = try await place.desk.run(snapshots: place.settings, on: place.elsewhere)
      #expect(counts.origins[.snapshot] == nil && counts.origins[.new] == 1)
      #expect(try place.desk.state(on: place.elsewhere) == before)
    }
    let aside = try FileManager.default.contentsOfDirectory(atPath: place.elsewhere + "/test")
      .filter { $0.contains("set-aside") }
    #expect(aside == ["sums-0.sqlite-set-aside-1"])
    let line = place.desk.lines.all.first { $0.contains("A store is set aside") } ?? ""
    #expect(line.contains("a batch of 3 records"), "\(line)")
  }

  private static func `do`(_ harm: Harm, _ path: String) throws {
    let url = URL(filePath: path)
    var text = try String(contentsOf: url, encoding: .utf8)
    let copy = URL(filePath: path.replacing(/\.json$/, with: ".sqlite"))
    switch harm {
    case .flippedByte:
      var bytes = try Data(contentsOf: copy)
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: copy)
    case .cutShort: try Data(contentsOf: copy).dropLast(16_384).write(to: copy)
    case .copyGone: try FileManager.default.removeItem(at: copy)
    case .manifestCut: text.removeLast(20)
    case .otherPartitions: text.replace(/"numbers" : 2/, with: "\"numbers\" : 3")
    case .laterLayout: text.replace(/"layout" : \d+/, with: "\"layout\" : 99")
    case .otherLog: text.replace(/"last" : "(\d+) [0-9a-f]+"/) { "\"last\" : \"\($0.1) abc\"" }
    case .aheadOfTheLog: text.replace(/"position" : \d+/, with: "\"position\" : 61")
    }
    try Data(text.utf8).write(to: url)
  }

  @Test func onlyTheLastAreKeptAndWhatWritersLeftGoesInTime() async throws {
    let place = try await Place()
    for round in 0..<4 { try await place.take(round * 20 + 1...round * 20 + 20) }
    let names = try place.names()
    #expect(names.count == 4 && names.allSatisfy { !$0.hasPrefix(".") })
    #expect(names.contains { $0.hasPrefix("0000000000000000080-") && $0.hasSuffix(".json") })

    let folder = place.snapshots
    for (name, age) in [(".a.part", 7_200), (".b.part", 60), ("0-a.sqlite", 7_200)] {
      let path = folder + "/" + name
      try Data("left".utf8).write(to: URL(filePath: path))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: TimeInterval(-age))], ofItemAtPath: path)
    }
    try SnapshotFolder(place.settings).prune(SummingStage.identity)
    #expect(Set(try place.names()) == Set(names + [".b.part"]))
  }

  /// A machine whose clock is slow takes the one that goes furthest.
  @Test func theFurthestIsKeptWhateverTheClocksSay() async throws {
    let place = try await Place()
    let folder = SnapshotFolder(place.settings)
    for (number, taken) in [(1, 9_000), (2, 1), (3, 8_000), (4, 2), (5, 7_000)] as [(Int, Int64)] {
      try await place.desk.send([number])
      try await place.desk.run()
      let store = try SummingStage.store(place.desk.path)
      _ = try folder.write(place.desk.path, of: SummingStage.identity, taken: taken)
      try store.close()
      let usable = try folder.candidates(
        for: SummingStage.identity, layout: StageStore.layout(SummingStage.stage.migrations)
      ).usable
      #expect(usable.first?.position == Int64(number))
      #expect(usable.count <= place.settings.keep + 1)
    }
  }

  @Test func oneThatIsGivenUpLeavesNothing() async throws {
    let place = try await Place()
    try await place.desk.send([1, 2, 3])
    try await place.desk.run()
    let folder = SnapshotFolder(place.settings)
    let store = try SummingStage.store(place.desk.path)
    try store.connection.execute("CREATE TABLE big AS SELECT randomblob(9000000)")
    #expect(
      try folder.write(
        place.desk.path, of: SummingStage.identity, taken: 1, isCancelled: { true }) == nil)
    #expect(try place.names() == [])
    #expect(try folder.write(place.desk.path, of: SummingStage.identity, taken: 1) != nil)
    #expect(try place.names().count == 2)
    try store.close()
  }

  @Test func twoInstancesMayTakeTheSameOneAtTheSameTime() async throws {
    let place = try await Place()
    try await place.desk.send(Array(1...50))
    try await place.desk.run()
    let (settings, path) = (place.settings, place.desk.path)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for number in 1...6 {
        tasks.addTask {
          for round in 0..<5 {
            _ = try SnapshotFolder(settings).write(
              path, of: SummingStage.identity, taken: Int64(number * 10 + round))
          }
        }
      }
      try await tasks.waitForAll()
    }
    let (usable, passedOver) = try SnapshotFolder(settings).candidates(
      for: SummingStage.identity, layout: 3)
    #expect(passedOver == [] && usable.count >= 2)
    let target = place.folder.path + "/restored.sqlite"
    for snapshot in usable {
      try SnapshotFolder(settings).restore(snapshot, of: SummingStage.identity, to: target)
      let store = try SummingStage.store(target)
      #expect(try SummingStage.sum(store) == 1_275)
      try store.close()
      try FileManager.default.removeItem(atPath: target)
    }
  }

  @Test func whenOneIsDue() {
    let settings = SnapshotSettings(
      directory: "", everyRecords: 5_000, interval: .seconds(60))
    #expect(settings.isDue(records: 5_000, elapsed: .zero))
    #expect(!settings.isDue(records: 4_999, elapsed: .seconds(59)))
    #expect(settings.isDue(records: 5, elapsed: .seconds(60)))
    #expect(!settings.isDue(records: 4, elapsed: .seconds(600)))
    let small = SnapshotSettings(directory: "", everyRecords: 10, interval: .seconds(60))
    #expect(!small.isDue(records: 0, elapsed: .seconds(600)))
  }
}

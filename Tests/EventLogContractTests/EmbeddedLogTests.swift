import EventLog
import EventLogTesting
import Foundation
import SQLite
import Testing

@testable import EventLogEmbedded

@Suite struct EmbeddedLogTests {
  static let target = TopicPartition("movements", 2)

  @Test func reopeningKeepsEverything() async throws {
    try await TemporaryFolder.with { folder in
      let source = TopicPartition("inbound", 1)
      for round in 0..<3 {
        let log = try EmbeddedLog(directory: folder, now: { 17 })
        try await log.create([TopicSpecification(name: "movements", partitions: 3)])
        #expect(try await log.end(of: Self.target) == Int64(round * 10))
        let records = PackedRecords.numbered(round * 10..<round * 10 + 10)
        try await log.append(
          [OutgoingBatch(target: Self.target, records: records)], source: source)
        let reader = try await log.soleReader(of: "movements")
        let read = try await reader.readAll(2, upTo: Int64(round * 10 + 10))
        #expect(read.map(\.record) == (0..<round * 10 + 10).map { .numbered($0) })
        #expect(read.allSatisfy { $0.source == source })
        await log.close()
      }
      let log = try EmbeddedLog(directory: folder)
      await #expect(
        throws: EventLogError.topicMismatch(topic: "movements", expected: 4, found: 3)
      ) {
        try await log.create([TopicSpecification(name: "movements", partitions: 4)])
      }
      #expect(try await log.partitions(of: "movements") == 3)
      await log.close()
    }
  }

  @Test func aSecondOpeningIsRefusedUntilTheFirstCloses() async throws {
    try await TemporaryFolder.with { folder in
      let log = try EmbeddedLog(directory: folder)
      #expect(throws: EventLogError.alreadyOpen(folder.path)) {
        try EmbeddedLog(directory: folder)
      }
      await log.close()
      let again = try EmbeddedLog(directory: folder)
      await again.close()
      await again.close()
    }
  }

  @Test(arguments: [
    "", ".", "..", "../outside", "a/b", "/etc", "a\0b", "a b", "ñ", "topics.sqlite",
    "topics.sqlite-wal", String(repeating: "a", count: 250),
  ])
  func aNameThatIsNoPlainFolderIsRefused(_ name: String) async throws {
    try await TemporaryFolder.with { folder in
      let log = try EmbeddedLog(directory: folder.appending(path: "log"))
      let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      await #expect(throws: EventLogError.self) {
        try await log.create([TopicSpecification(name: name, partitions: 1)])
      }
      #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path) == before)
      await log.close()
    }
  }

  @Test func filesAreMadeWhenFirstUsed() async throws {
    try await TemporaryFolder.with { folder in
      let log = try EmbeddedLog(directory: folder)
      try await log.create([TopicSpecification(name: "movements", partitions: 500)])
      try await log.append(.numbered(0..<1), to: Self.target)
      await log.close()
      let files = try FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: "movements").path)
      // Closed, its WAL is empty and gone.
      #expect(files == ["2.sqlite"])
    }
  }

  @Test func everyFileIsOpenedToSurviveAPowerCut() async throws {
    try await TemporaryFolder.with { folder in
      try DirectoryLock.makeDurableFolder(folder)
      let file = try DurableFile(
        folder.appending(path: "0.sqlite"), migrations: BatchTable.migrations)
      // 2 is FULL: the WAL is synced with each commit.
      #expect(try file.use { try $0.pragma("synchronous") } == "2")
      #expect(try file.use { try $0.pragma("journal_mode") } == "wal")
      try file.close()
    }
  }

  /// Every append that a closing catches either fails or is there afterwards.
  @Test(.timeLimit(.minutes(10))) func closingLeavesNoAppendInDoubt() async throws {
    for round in 0..<10 {
      try await TemporaryFolder.with { folder in
        let log = try EmbeddedLog(directory: folder)
        try await log.create([TopicSpecification(name: "movements", partitions: 3)])
        let acknowledged = try await withThrowingTaskGroup { group in
          for number in 0..<20 {
            group.addTask {
              await Result { try await log.append(.numbered(number..<number + 1), to: Self.target) }
            }
          }
          if round > 0 { _ = try await group.next() }
          await log.close()
          var acknowledged = round > 0 ? 1 : 0
          for try await result in group {
            switch result {
            case .success: acknowledged += 1
            case .failure(let error): #expect(error == .closed)
            }
          }
          return acknowledged
        }
        let again = try EmbeddedLog(directory: folder)
        #expect(try await again.end(of: Self.target) == Int64(acknowledged))
        await again.close()
      }
    }
  }

  /// Appends that are committed together fail each by itself.
  @Test func oneAppendsFailureIsNotAnothers() async throws {
    try await TemporaryFolder.with { folder in
      let log = try EmbeddedLog(directory: folder)
      try await log.create([TopicSpecification(name: "movements", partitions: 3)])
      let failed = await withTaskGroup { group in
        for number in 0..<40 {
          // The table's own check refuses a source with a negative partition.
          let source = TopicPartition("inputs", number.isMultiple(of: 4) ? -1 : 0)
          let batch = OutgoingBatch(
            target: Self.target, records: .numbered(number..<number + 1))
          group.addTask { await Result { try await log.append([batch], source: source) } }
        }
        return await group.reduce(into: 0) { count, result in
          if case .failure = result { count += 1 }
        }
      }
      #expect(failed == 10)
      let reader = try await log.soleReader(of: "movements")
      let read = try await reader.readAll(2, upTo: try await log.end(of: Self.target))
      let keys = read.map { String(decoding: $0.record.key, as: UTF8.self) }
      let expected = (0..<40).filter { !$0.isMultiple(of: 4) }.map { "k\($0)" }
      #expect(keys.sorted() == expected.sorted())
      await log.close()
    }
  }

  @Test func aDamagedFileIsAnErrorThatNamesIt() async throws {
    try await TemporaryFolder.with { folder in
      let file = folder.appending(path: "movements/2.sqlite")
      let log = try EmbeddedLog(directory: folder)
      try await log.create([TopicSpecification(name: "movements", partitions: 3)])
      try await log.append(.numbered(0..<1), to: Self.target)
      await log.close()
      try Data(repeating: 7, count: 20_000).write(to: file)

      let again = try EmbeddedLog(directory: folder)
      let end = await Result { try await again.end(of: Self.target) }
      guard case .failure(.damaged(let what)) = end else {
        Issue.record("\(end)")
        return
      }
      #expect(what.contains("2.sqlite"))
      await again.close()
    }
  }

  @Test(.timeLimit(.minutes(10)), arguments: [0, 5] as [Int64])
  func aMissingBatchIsAnErrorAndNotAWait(_ missing: Int64) async throws {
    try await TemporaryFolder.with { folder in
      let log = try EmbeddedLog(directory: folder)
      try await log.create([TopicSpecification(name: "movements", partitions: 3)])
      for first in [0, 5, 10] {
        try await log.append(.numbered(first..<first + 5), to: Self.target)
      }
      await log.close()
      let db = try Connection(path: folder.appending(path: "movements/2.sqlite").path)
      try db.run("DELETE FROM batches WHERE firstOffset = ?", missing)
      try db.close()

      let again = try EmbeddedLog(directory: folder)
      let reader = try await again.soleReader(of: "movements")
      await #expect(throws: EventLogError.self) { try await reader.readAll(2, upTo: 15) }
      await again.close()
    }
  }

  /// Readers that start anywhere while the memory forgets get the same as from the files.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func theMemoryOfRecentBatchesOnlySavesWork(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let capacity = 40_000
    let recent = RecentBatches(capacity: capacity)
    let targets = (0..<3).map { TopicPartition("t", $0) }
    var ends: [Int64] = [0, 0, 0]
    var found = 0
    for _ in 0..<2_000 {
      let index = generator.below(3)
      let first = Int(ends[index])
      let count = 1 + generator.below(9)
      let batch = StoredBatch(
        firstOffset: ends[index], source: nil, records: .numbered(first..<first + count))
      recent.push(batch, to: targets[index])
      ends[index] = batch.end

      let reader = generator.below(3)
      let offset = Int64(generator.below(Int(ends[reader]) + 1))
      guard offset < ends[reader],
        let read = try recent.read(targets[reader], from: offset, limit: ReadLimit(records: 10))
      else { continue }
      found += 1
      let expected = (Int(offset)..<Int(read.nextOffset)).map { Record.numbered($0) }
      #expect(!read.isEmpty && read.delivered.map(\.record) == expected, "seed \(seed)")
    }
    #expect(found > 0 && found < 2_000)
    let kept = try targets.map { target in
      try (0..<ends[Int(target.partition)]).first {
        try recent.read(target, from: $0, limit: ReadLimit()) != nil
      }
    }
    // The end of each is there, its beginning is not.
    #expect(kept.allSatisfy { ($0 ?? 0) > 0 }, "seed \(seed)")
  }
}

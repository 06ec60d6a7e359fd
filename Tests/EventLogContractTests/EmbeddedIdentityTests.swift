import EventLog
import EventLogEmbedded
import Foundation
import SQLite
import Testing

/// Files of the embedded log that were lost, emptied, exchanged, or are of an earlier version.
@Suite struct EmbeddedIdentityTests {
  private static let topic = "numbers"
  private static let first = TopicPartition(topic, 0)
  private static let second = TopicPartition(topic, 1)

  /// A log with records in both of its partitions, closed.
  private static func withLog(_ body: (URL) async throws -> Void) async throws {
    try await TemporaryFolder.with { folder in
      let log = try EmbeddedLog(directory: folder)
      try await log.create([TopicSpecification(name: topic, partitions: 2)])
      try await log.append(.numbered(0..<3), to: first)
      try await log.append(.numbered(0..<5), to: second)
      await log.close()
      try await body(folder)
    }
  }

  private static func file(_ folder: URL, _ partition: Int) -> URL {
    folder.appending(path: "\(topic)/\(partition).sqlite")
  }

  private static func expectRefusal(_ folder: URL, _ words: String...) async throws {
    let error = await #expect(throws: EventLogError.self) {
      let log = try EmbeddedLog(directory: folder)
      do {
        _ = try await log.end(of: first)
        _ = try await log.end(of: second)
      } catch {
        await log.close()
        throw error
      }
      await log.close()
    }
    guard case .damaged(let text)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    for word in words + ["from a backup"] { #expect(text.contains(word), "\(text)") }
  }

  @Test func aFileThatIsLostOrEmptyIsNotTakenForANewOne() async throws {
    try await Self.withLog { folder in
      let file = Self.file(folder, 0)
      let bytes = try Data(contentsOf: file)
      try Data().write(to: file)
      try await Self.expectRefusal(folder, "numbers/0.sqlite is missing")
      try FileManager.default.removeItem(at: file)
      try await Self.expectRefusal(folder, "numbers/0.sqlite is missing")
      // Made again by somebody who did not know.
      let other = try Connection(path: file.path)
      try other.execute("CREATE TABLE notes (a)")
      try other.close()
      try await Self.expectRefusal(folder, "numbers/0.sqlite")
      try bytes.write(to: file)
      let log = try EmbeddedLog(directory: folder)
      #expect(try await log.end(of: Self.first) == 3)
      await log.close()
    }
  }

  @Test func filesThatWereExchangedAreRefused() async throws {
    try await Self.withLog { folder in
      let (a, b) = (Self.file(folder, 0), Self.file(folder, 1))
      let aside = folder.appending(path: "aside")
      try FileManager.default.moveItem(at: a, to: aside)
      try FileManager.default.moveItem(at: b, to: a)
      try FileManager.default.moveItem(at: aside, to: b)
      try await Self.expectRefusal(folder, "numbers/0.sqlite is of numbers/1")
    }
  }

  @Test func aFileOfAnotherLogIsRefused() async throws {
    try await Self.withLog { folder in
      try await Self.withLog { other in
        try FileManager.default.removeItem(at: Self.file(folder, 0))
        try FileManager.default.copyItem(at: Self.file(other, 0), to: Self.file(folder, 0))
        try await Self.expectRefusal(folder, "numbers/0.sqlite is of another log")
      }
    }
  }

  @Test func topicsThatNobodyKnowsAreRefused() async throws {
    try await Self.withLog { folder in
      try FileManager.default.removeItem(at: folder.appending(path: "topics.sqlite"))
      try await Self.expectRefusal(folder, "knows no topic", "numbers")
    }
  }

  /// Files of an earlier version have no identity: they get one, and keep what they have.
  @Test func filesOfAnEarlierVersionAreTakenAndKnownFromThenOn() async throws {
    try await Self.withLog { folder in
      let manifest = try Connection(path: folder.appending(path: "topics.sqlite").path)
      try manifest.execute(
        "DROP TABLE partitions; DELETE FROM grdb_migrations WHERE identifier = '2-partitions'")
      try manifest.close()
      for partition in 0..<2 {
        let db = try Connection(path: Self.file(folder, partition).path)
        try db.execute(
          """
          DROP TABLE identity;
          ALTER TABLE batches DROP COLUMN epoch;
          ALTER TABLE batches DROP COLUMN previousInput;
          ALTER TABLE batches DROP COLUMN previousOrdinal;
          ALTER TABLE batches DROP COLUMN rules;
          DELETE FROM grdb_migrations WHERE identifier <> '1-batches';
          """)
        try db.close()
      }
      let log = try EmbeddedLog(directory: folder)
      try await log.append(.numbered(3..<4), to: Self.first)
      let reader = try await log.soleReader(of: Self.topic)
      #expect(try await reader.readAll(0, upTo: 4).count == 4)
      #expect(try await log.end(of: Self.second) == 5)
      await log.close()
      try FileManager.default.removeItem(at: Self.file(folder, 1))
      try await Self.expectRefusal(folder, "numbers/1.sqlite is missing")
    }
  }
}

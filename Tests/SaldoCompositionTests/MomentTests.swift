import Auditor
import Foundation
import Ledger
import Testing

@testable import ReportingService

/// Books as they were known at an instant (Rules.md#R9.2), and those that a corte names.
@Suite(.timeLimit(.minutes(20))) struct MomentTests {
  /// A moment in the middle of a run, and what was exported then.
  private struct Then {
    var instant: Instant
    var corte: Corte
    var now: [String: Data]
    var asOf: [String: Data]
    var received: Int
  }

  private static let day = "2025-06-30"

  /// Takes a scenario in portions.
  private static func run(_ books: MomentBooks, _ name: String, portions: Int) async throws
    -> [Then]
  {
    let events = try Scenario(named: name).events
    var moments: [Then] = []
    for portion in 0..<portions {
      let (from, to) = (
        events.count * portion / portions, events.count * (portion + 1) / portions
      )
      try await books.take(events[from..<to])
      let (now, summary) = try books.files(try books.export())
      let asOf = try books.files(try books.export(asOf: Self.day)).files
      moments.append(
        Then(
          instant: await MomentBooks.now(), corte: summary.corte, now: now, asOf: asOf,
          received: to))
    }
    return moments
  }

  @Test(arguments: [1, 3] as [Int32])
  func asKnownAtAnInstantTheyAreTheFilesOfThatMoment(_ partitions: Int32) async throws {
    try await MomentBooks.with(partitions: partitions) { books in
      let moments = try await Self.run(books, "everything", portions: 4)
      #expect(Set(moments.map(\.now)).count == 4 && Set(moments.map(\.asOf)).count > 1)
      for then in moments {
        let (files, summary) = try books.files(try books.export(.known(then.instant)))
        #expect(Self.differences(files, then.now) == [])
        #expect(summary.head == MomentHead(received: Int64(then.received), postedLater: 0))
        #expect(summary.corte.hasBooks(of: then.corte))
        let asOf = try books.files(try books.export(.known(then.instant), asOf: Self.day)).files
        #expect(Self.differences(asOf, then.asOf) == [])
      }
      // The last one is that of now, for which nothing is made.
      #expect(books.kept.count == 3)
    }
  }

  @Test(arguments: [1, 3] as [Int32])
  func aCorteGivesTheSameBytesAlsoAfterTheStoresWereLost(_ partitions: Int32) async throws {
    try await MomentBooks.with(partitions: partitions) { books in
      let moments = try await Self.run(books, "moves", portions: 3)
      for round in 0..<2 {
        for then in moments {
          let token = then.corte.token
          let corte = try Corte(token: token)
          let (files, summary) = try books.files(try books.export(.corte(corte)))
          #expect(Self.differences(files, then.now) == [], "round \(round)")
          #expect(summary.corte == then.corte && summary.head == nil)
        }
        try books.loseStores()
        try await books.take(Scenario(named: "everything").events.prefix(40))
      }
    }
  }

  @Test func whatWasReceivedByThenAndPostedLaterIsCounted() async throws {
    try await MomentBooks.with { books in
      let events = try Scenario(named: "plain").events
      let half = events.count / 2
      try await books.take(events[..<half])
      let before = try books.files(try books.export()).files
      try await books.take(events[half...], running: false)
      let instant = await MomentBooks.now()
      try await books.take([])
      // What is made again is no later posting.
      try FileManager.default.removeItem(atPath: books.folder + "/discharge")
      try await books.take([])
      let (files, summary) = try books.files(try books.export(.known(instant)))
      #expect(Self.differences(files, before) == [])
      let head = try #require(summary.head)
      #expect(head.received == Int64(events.count))
      #expect(head.postedLater > 0 && head.postedLater <= Int64(events.count - half))
      let end = await MomentBooks.now()
      let all = try books.files(try books.export(.known(end))).summary
      #expect(all.head == MomentHead(received: Int64(events.count), postedLater: 0))
    }
  }

  @Test func whatCannotBeHadIsRefusedAndNeverOtherBytes() async throws {
    try await MomentBooks.with { books in
      try await books.take(Scenario(named: "plain").events[...])
      let corte = try books.files(try books.export()).summary.corte
      // The same books of other facts, and ones that have more.
      try await MomentBooks.with { others in
        try await others.take(Scenario(named: "everything").events[...])
        #expect(throws: MomentError.gone(.otherLog)) {
          try others.files(try others.export(.corte(corte)))
        }
        #expect(others.kept == [])
      }
      try await MomentBooks.with { others in
        try await others.take(Scenario(named: "plain").events.prefix(3))
        #expect(throws: MomentError.gone(.otherLog)) {
          try others.files(try others.export(.corte(corte)))
        }
      }
      let other = Corte(
        rules: 7, now: corte.now, ends: corte.ends,
        last: corte.ends.map { $0.map { _ in "" } })
      #expect(throws: MomentError.gone(.otherRules(7))) {
        try books.files(try books.export(.corte(other)))
      }
      let later = Instant(nanoseconds: .max)
      #expect(throws: MomentError.future(later)) {
        try books.files(try books.export(.known(later)))
      }
      var export = try books.export(.known(Instant("2026-01-01T00:00:00Z")))
      // Before there was anything the books are empty.
      let nothing = try books.files(export).files
      #expect(
        nothing["saldos.csv"].map { CSV.rows(String(decoding: $0, as: UTF8.self)).count } == 1)
      export.log = { nil }
      #expect(throws: MomentError.noLog(books.folder)) { try books.files(export) }
    }
  }

  @Test func aTokenIsReadAsItWasWrittenOrNotAtAll() throws {
    let corte = Corte(
      now: try Instant("2026-03-31T18:07:00Z"),
      ends: [[3, 0, 1_000_000], [], [1], [0, 0], [128]],
      last: [["a", "", "b"], [], ["c"], ["", ""], ["d"]])
    let token = corte.token
    #expect(try Corte(token: token) == corte && corte.now == Instant("2026-03-31T18:00:00Z"))
    #expect(token.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
    for index in token.indices {
      for other in ["A", "b", "-", "=", " ", ""] where other != String(token[index]) {
        let text = token[..<index] + other + token[token.index(after: index)...]
        #expect(throws: Corte.Malformed.self) { try Corte(token: String(text)) }
      }
      #expect(throws: Corte.Malformed.self) { try Corte(token: String(token[..<index])) }
    }
    for text in ["", "x", token + "A", token + "AAAA", " " + token, token + token] {
      #expect(throws: Corte.Malformed.self) { try Corte(token: text) }
    }
  }

  /// The names of files that are not the same.
  static func differences(_ found: [String: Data], _ expected: [String: Data]) -> [String] {
    Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }.sorted()
  }
}

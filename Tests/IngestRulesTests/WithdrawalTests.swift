import Auditor
import IngestRules
import Ledger
import Messages
import Testing

/// A fact that is withdrawn is as if it had never come, whichever came first.
@Suite struct WithdrawalTests {
  /// A withdrawal of the event of an id of `/test`.
  static func withdrawal(
    of id: String, time: String = "2024-05-01T00:00:00Z", cancels: Bool = false,
    as own: String? = nil
  ) -> String {
    let more = cancels ? #","cancels":true"# : ""
    return event(
      "immex.withdrawal.v1",
      #"{"source":"/test","id":"\#(id)","reason":"A mistake","by":"Ana"\#(more)}"#,
      id: own, time: time)
  }

  /// A withdrawal of rows of partes.csv.
  static func withdrawal(ofRows n: Int, _ line: Int, _ part: String) -> String {
    event(
      "immex.withdrawal.v1",
      #"{"pedimento":"\#(number(n))","line":\#(line),"part":"\#(part)","reason":"A mistake"}"#)
  }

  static let catalog = [plant("A"), plant("B"), part("M"), part("P")]

  /// What is in the books after events: quantities of lots and demands by what they are of.
  static func books(
    _ events: [String], partitions: Int32 = 1, partition: Int32 = 0
  ) throws -> (books: [String: String], desk: DocumentsDesk) {
    var desk = try DocumentsDesk(partition: partition, of: partitions)
    var books: [String: String] = [:]
    for event in events {
      for sent in try desk.take(event) {
        let words = sent.split(separator: " ").map(String.init)
        guard words[0] == "lot" || words[0] == "exit" else { continue }
        books[words[..<3].joined(separator: " ")] = words[3] == "gone" ? nil : words[3]
      }
    }
    return (books, desk)
  }

  /// Each kind of fact that movements come of.
  static let facts: [(name: String, id: String, event: String)] = [
    ("pedimento", "w-ped", pedimento(1, "IN", [line(1, "M", "5")], id: "w-ped")),
    (
      "later version", "w-late",
      pedimento(2, "IN", [line(1, "M", "9")], time: "2024-03-01T00:00:00Z", id: "w-late")
    ),
    ("rectification", "w-r1", pedimento(4, "R1", [line(1, "M", "8")], rectifies: 2, id: "w-r1")),
    ("part", "w-part", part("M", time: "2024-02-01T00:00:00Z", id: "w-part")),
    (
      "bill", "w-bom",
      event(
        "immex.bom.v1",
        #"{"product":"P","version":"2","validFrom":"2024-01-01","components":["#
          + #"{"part":"M","perUnit":"7"}]}"#, id: "w-bom")
    ),
    (
      "move", "w-move",
      event(
        "immex.stock.v1",
        """
        {"kind":"moved","rfc":"\(rfc)","plant":"A","toPlant":"B","part":"M","quantity":"2",\
        "uom":6,"document":"MV","aviso":"AT","occurredAt":"2024-02-05T10:00:00Z"}
        """, id: "w-move")
    ),
    (
      "plant", "w-plant",
      event(
        "immex.plant.v1", #"{"plant":"A","rfc":"\#(rfc)","name":"A","address":"-"}"#,
        id: "w-plant", time: "2024-02-01T00:00:00Z")
    ),
  ]

  static let rest = [
    pedimento(2, "IN", [line(1, "M", "3")], id: "rest-2"),
    pedimento(3, "RT", [line(1, "P", "1", finished: true)], id: "rest-3"),
    bom("P", [("M", "2")]),
  ]

  @Test(arguments: facts.map(\.name)) func theBooksAreThoseWithoutIt(_ name: String) throws {
    let fact = try #require(Self.facts.first { $0.name == name })
    let all = Self.catalog + Self.rest
    let (without, _) = try Self.books(all)
    let (with, _) = try Self.books(all + [fact.event])
    let withdrawal = Self.withdrawal(of: fact.id)
    let cancellation = Self.withdrawal(
      of: fact.id, time: "2024-06-01T00:00:00Z", cancels: true)
    for order in [
      all + [fact.event, withdrawal], [withdrawal] + all + [fact.event],
      [fact.event, withdrawal] + all, all + [withdrawal, fact.event],
    ] {
      let (books, desk) = try Self.books(order)
      #expect(books == without, "\(name)")
      #expect(desk.records["/test|" + fact.id]?.state == .counts, "\(name)")
      #expect(desk.records["/test|" + fact.id]?.withdrawal?.fact != nil, "\(name)")
      let (again, cancelled) = try Self.books(order + [cancellation])
      #expect(again == with, "\(name)")
      #expect(cancelled.records["/test|" + fact.id]?.state == .listed, "\(name)")
      #expect(try Self.books([cancellation] + order).books == with, "\(name)")
    }
  }

  @Test func whatItHadSentIsTakenBackWithTheWithdrawalAsCause() throws {
    var desk = try DocumentsDesk(
      Self.catalog + [pedimento(1, "IN", [line(1, "M", "5")], id: "ped")])
    #expect(
      try desk.take(Self.withdrawal(of: "ped", as: "w")) == ["lot 1/1 M@A gone r2 by w"])
    #expect(desk.state(number(1)) == .withdrawn && desk.records[number(1)]?.lines == [])
    let back = Self.withdrawal(of: "ped", time: "2024-07-01T00:00:00Z", cancels: true, as: "c")
    #expect(try desk.take(back) == ["lot 1/1 M@A 5 r3 by c"])
    #expect(desk.state(number(1)) == .counts)
  }

  /// What nothing is known of any more: what asked for it waits again.
  @Test(arguments: [("plant", WaitingReason.plantUnknown), ("part", .partUnknown)])
  func whatIsGoneFromTheCatalogueIsWaitedFor(_ kind: String, _ reason: WaitingReason) throws {
    let things = [
      event(
        "immex.plant.v1", #"{"plant":"A","rfc":"\#(rfc)","name":"A","address":"-"}"#, id: "plant"),
      part("M", id: "part"), part("P"),
    ]
    var desk = try DocumentsDesk(
      things + Self.rest + [pedimento(1, "IN", [line(1, "M", "5")])])
    #expect(desk.pending(number(1)) == [] && desk.pending(number(3)) == [])
    try desk.take(Self.withdrawal(of: kind))
    for n in 1...3 { #expect(desk.pending(number(n)) == [reason.rawValue], "\(n)") }
    try desk.take(Self.withdrawal(of: kind, time: "2024-06-01T00:00:00Z", cancels: true))
    for n in 1...3 { #expect(desk.pending(number(n)) == [], "\(n)") }
  }

  @Test func aBillThatIsWithdrawnIsTheCauseOfWhatIsExplodedAgain() throws {
    var desk = try DocumentsDesk(Self.catalog + Self.rest + [Self.facts[4].event])
    #expect(
      try desk.take(Self.withdrawal(of: "w-bom", as: "w"))
        == ["exit 3/1 M(P)@A 2+0+0 r3 by w"])
  }

  @Test func rowsOfFilesAreWithdrawnByWhatTheyAreOf() throws {
    let events = [
      dataStage(1, [(1, "5")]), partes(1, 1, "M", "2"), partes(1, 1, "P", "3", row: 2),
      partes(1, 1, "P", "5", row: 3), Self.withdrawal(ofRows: 1, 1, "M"),
    ]
    for order in Permuted.orders(of: events.count) {
      let (books, desk) = try Self.books(Self.catalog + order.map { events[$0] })
      #expect(books.isEmpty && desk.state(number(1)) == .waiting, "\(order)")
      #expect(desk.records["\(number(1))|1|M"]?.state == .counts)
    }
    let (books, desk) = try Self.books(
      Self.catalog + events.dropLast() + [
        Self.withdrawal(ofRows: 1, 1, "M"), Self.withdrawal(ofRows: 1, 1, "P"),
        partes(1, 1, "M", "5", row: 9),
      ])
    #expect(books.isEmpty && desk.pending(number(1)) == [WaitingReason.partesMissing.rawValue])
  }

  @Test func oneOfAnUnknownFactWaits() throws {
    var desk = try DocumentsDesk([Self.withdrawal(of: "later")])
    #expect(desk.pending("/test|later") == [WaitingReason.factUnknown.rawValue])
    try desk.take(part("M", id: "later"))
    #expect(desk.pending("/test|later") == [])
    #expect(desk.records["/test|later"]?.withdrawal?.fact?.document == "part|M")
  }

  @Test(arguments: [false, true]) func aWithdrawalIsNotWithdrawn(_ isFirst: Bool) throws {
    let own = Self.withdrawal(of: "ped", as: "w-1")
    let of = Self.withdrawal(of: "w-1", time: "2024-09-01T00:00:00Z")
    let (books, desk) = try Self.books(
      Self.catalog + [pedimento(1, "IN", [line(1, "M", "5")], id: "ped")]
        + (isFirst ? [of, own] : [own, of]))
    #expect(books.isEmpty)
    #expect(desk.pending("/test|w-1") == [RejectionCode.withdrawalTarget.rawValue])
  }

  /// Every partition gets a withdrawal, one has the fact, and one speaks.
  @Test func oneOfSeveralPartitionsSpeaks() throws {
    let withdrawal = Self.withdrawal(of: "ped", as: "w")
    let document = pedimento(1, "IN", [line(1, "M", "5")], id: "ped")
    var desks = try (0..<5).map { try DocumentsDesk(partition: $0, of: 5, Self.catalog) }
    try desks[2].take(document)
    for index in desks.indices { try desks[index].take(withdrawal) }
    let speaks = desks.indices.filter { !desks[$0].withdrawals.isEmpty }
    #expect(speaks == [Int(DocumentsNote.speaker(for: "/test|ped", of: 5))])
    var found: [FoundFact] = []
    for desk in desks {
      for (note, partition) in desk.notes {
        guard case .found(let fact) = note else { continue }
        #expect(Int(partition) == speaks[0])
        found.append(fact)
      }
    }
    if speaks != [2] {
      #expect(found.map(\.document) == [number(1)])
      #expect(desks[speaks[0]].records["/test|ped"]?.state == .waiting)
      for fact in found { try desks[speaks[0]].take(fact) }
    }
    let record = desks[speaks[0]].records["/test|ped"]
    #expect(record?.state == .counts && record?.rfc == rfc)
    #expect(desks[2].state(number(1)) == .withdrawn)
  }

  @Test func withdrawalsAreKept() throws {
    var desk = try DocumentsDesk([Self.withdrawal(of: "ped")] + Self.catalog)
    try desk.reopen()
    #expect(try desk.take(pedimento(1, "IN", [line(1, "M", "5")], id: "ped")) == [])
    #expect(desk.state(number(1)) == .withdrawn)
  }

  /// Random withdrawals and cancellations in random order give the books of what is left.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func inAnyOrderTheBooksAreOfWhatIsLeft(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<30 {
      let facts = Self.facts.filter { _ in Bool.random(using: &random) }
      var names = facts.map(\.id)
      if Bool.random(using: &random) { names += ["rest-2", "rest-3"] }
      var withdrawals: [String] = []
      var counts = Dictionary(uniqueKeysWithValues: names.map { ($0, true) })
      for name in names {
        for hour in 0..<Int.random(in: 0...3, using: &random) {
          let cancels = Bool.random(using: &random)
          counts[name] = cancels
          withdrawals.append(
            Self.withdrawal(of: name, time: "2024-05-01T0\(hour):00:00Z", cancels: cancels))
        }
      }
      func isLeft(_ event: String) -> Bool {
        !counts.contains { !$0.value && event.contains(#""id":"\#($0.key)""#) }
      }
      let events = Self.catalog + Self.rest + facts.map(\.event)
      let (wanted, _) = try Self.books(events.filter(isLeft))
      let (got, _) = try Self.books((events + withdrawals).shuffled(using: &random))
      #expect(got == wanted, "seed \(seed): \(counts)")
    }
  }
}

/// Every order of so many things.
enum Permuted {
  static func orders(of count: Int) -> [[Int]] {
    var all: [[Int]] = [[]]
    for next in 0..<count {
      all = all.flatMap { order in
        (0...order.count).map { place in
          var order = order
          order.insert(next, at: place)
          return order
        }
      }
    }
    return all
  }
}

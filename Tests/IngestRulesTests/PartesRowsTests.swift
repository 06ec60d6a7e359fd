import Auditor
import Messages
import Testing

/// Rows of partes.csv are facts as others are: their order does not matter, and they can be taken
/// back.
@Suite struct PartesRowsTests {
  /// A row with an identity of its own content, as the reader of the file gives it.
  private static func row(
    _ part: String, _ quantity: String, reference: String = "", withdraws: Bool = false,
    row: Int = 1
  ) -> String {
    let more =
      (withdraws ? #","anula":"si""# : "")
      + (reference.isEmpty ? "" : #","referencia":"\#(reference)""#)
    return event(
      "saldo.partes.v1",
      """
      {"rfc":"\(rfc)","pedimento":"\(number(1))","secuencia":"1","planta":"A",\
      "numeroParte":"\(part)","cantidad":"\(quantity)","umc":"6","valorMXN":"1"\(more)}
      """, id: "\(part)-\(quantity)-\(reference)-\(withdraws)", more: #""row":\#(row),"#)
  }

  static let catalog = [plant("A"), part("M"), part("N"), part("O")]

  /// The quantities of the lots, once everything has come.
  private func lots(_ events: [String]) throws -> (lots: [String: String], desk: DocumentsDesk) {
    var desk = try DocumentsDesk(Self.catalog)
    var lots: [String: String] = [:]
    for event in events {
      for sent in try desk.take(event) {
        let words = sent.split(separator: " ").map(String.init)
        lots[words[2]] = words[3] == "gone" ? nil : words[3]
      }
    }
    return (lots, desk)
  }

  @Test func aRowIsTakenBackInAnyOrder() throws {
    let rows = [
      Self.row("N", "5"), Self.row("N", "5", withdraws: true), Self.row("M", "5", row: 2),
      dataStage(1, [(1, "5")]),
    ]
    for order in Permutations(rows.count).all {
      let (lots, desk) = try lots(order.map { rows[$0] })
      #expect(lots == ["M@A": "5"], "\(order)")
      #expect(desk.pending(number(1)) == [], "\(order)")
    }
  }

  @Test func oneThatTakesBackNothingWaitsForIt() throws {
    let (lots, desk) = try lots([
      dataStage(1, [(1, "5")]), Self.row("M", "5"), Self.row("N", "5", withdraws: true),
    ])
    #expect(lots == ["M@A": "5"])
    #expect(desk.pending(number(1)) == [WaitingReason.rowUnknown.rawValue])
    // Its quantity is written otherwise: the same cells all the same.
    var again = desk
    try again.take(
      event(
        "saldo.partes.v1",
        """
        {"rfc":"\(rfc)","pedimento":"\(number(1))","secuencia":1,"planta":"A",\
        "numeroParte":"N","cantidad":"5.00","umc":6,"valorMXN":"1.0"}
        """))
    #expect(again.pending(number(1)) == [])
  }

  @Test func rowsThatAreAlikeButForTheirReferenceAddUp() throws {
    let rows = [
      Self.row("M", "2", reference: "r1"), Self.row("M", "2", reference: "r2"),
      Self.row("M", "2", reference: "r1", row: 9), dataStage(1, [(1, "4")]),
    ]
    for order in Permutations(rows.count).all {
      let (lots, desk) = try lots(order.map { rows[$0] })
      #expect(lots == ["M@A": "4"], "\(order)")
      #expect(desk.rejected.isEmpty && desk.pending(number(1)) == [])
    }
  }

  /// The same row in two files has two numbers: which of them comes first must not decide which row
  /// exceeds the partida.
  @Test func whichRowExceedsDoesNotDependOnArrival() throws {
    let rows = [
      Self.row("M", "4", row: 5), Self.row("M", "4", row: 1), Self.row("N", "3", row: 2),
      Self.row("O", "1", row: 3), dataStage(1, [(1, "5")]),
    ]
    for order in Permutations(rows.count).all {
      let (lots, desk) = try lots(order.map { rows[$0] })
      #expect(lots == ["M@A": "4", "O@A": "1"], "\(order)")
      #expect(desk.pending(number(1)) == [RejectionCode.partesExceed.rawValue], "\(order)")
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func anyRowsInAnyOrderGiveTheSame(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<60 {
      var rows = (0..<Int.random(in: 1...7, using: &random)).map { _ in
        Self.row(
          ["M", "N"].randomElement(using: &random) ?? "M",
          "\(Int.random(in: 1...3, using: &random))",
          withdraws: Int.random(in: 0..<3, using: &random) == 0,
          row: Int.random(in: 1...4, using: &random))
      }
      rows.append(dataStage(1, [(1, "6")]))
      let wanted = try lots(rows)
      for _ in 0..<4 {
        rows.shuffle(using: &random)
        let got = try lots(rows)
        #expect(got.lots == wanted.lots, "seed \(seed): \(rows)")
        #expect(
          Set(got.desk.records[number(1)]?.pending.map { "\($0.code) \($0.detail) \($0.id)" } ?? [])
            == Set(
              wanted.desk.records[number(1)]?.pending.map { "\($0.code) \($0.detail) \($0.id)" }
                ?? []),
          "seed \(seed): \(rows)")
      }
    }
  }
}

/// Every order of so many things.
private struct Permutations {
  var all: [[Int]] = [[]]

  init(_ count: Int) {
    for next in 0..<count {
      all = all.flatMap { order in
        (0...order.count).map { place in
          var order = order
          order.insert(next, at: place)
          return order
        }
      }
    }
  }
}

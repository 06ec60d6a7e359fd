import Auditor
import Ledger
import Messages
import Testing

/// Of the extracts that hold a pedimento the one that was executed last counts, in every order of
/// arrival and however often each comes.
@Suite struct ExtractHistoryTests {
  /// An extract: what it says of one pedimento, when it was executed, its latest moment.
  struct Extract: Hashable {
    var quantity: Int
    var executed: String
    var recorded: String

    func event() -> String {
      let data = """
        {"patente":"1769","seccionAduanera":"070","pedimento":"4000001","claveDocumento":"IN",\
        "tipoOperacion":"1","rfc":"\(rfc)","tipoPedimento":"1","fechaPagoReal":"2024-02-01",\
        "partidas":[{"secuencia":"1","fraccion":"85332101","cantidadUMC":"\(quantity)","umc":"6",\
        "valorComercial":"1","paisOrigenDestino":"USA"}]}
        """
      return IngestRulesTests.event(
        "saldo.datastage.v1", data, id: "4000001-\(quantity)", time: executed,
        more: #""recorded":"\#(recorded)","#)
    }
  }

  static func extract(_ quantity: Int, day: Int, recorded: Int = 1) -> Extract {
    Extract(
      quantity: quantity, executed: "2024-03-0\(day)T00:00:00Z",
      recorded: "2024-02-0\(recorded)T12:00:00Z")
  }

  /// What the books hold once everything has come, with the parts for every quantity.
  private func lot(_ extracts: [Extract]) throws -> [String] {
    var desk = try DocumentsDesk([plant("A"), part("M")])
    var lots: [String: String] = [:]
    for extract in extracts {
      for sent in try desk.take(extract.event()) { lots["lot"] = sent }
    }
    // Rows that add up to what the last of them says, and no other.
    let last = extracts.max { Self.order($0).lexicographicallyPrecedes(Self.order($1)) }
    let quantity = try #require(last).quantity
    for sent in try desk.take(partes(1, 1, "M", "\(quantity)")) { lots["lot"] = sent }
    #expect(desk.rejected.isEmpty)
    #expect(desk.pending(number(1)) == [])
    return lots.values.map { String($0.prefix { $0 != "r" }) }
  }

  private static func order(_ extract: Extract) -> [String] {
    [extract.executed, extract.recorded, "\(extract.quantity)"]
  }

  @Test func theSameContentLaterCountsAgain() throws {
    let history = [
      Self.extract(1, day: 1), Self.extract(9, day: 2), Self.extract(1, day: 3),
    ]
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      #expect(try lot(order.map { history[$0] }) == ["lot 1/1 M@A 1 "], "\(order)")
    }
  }

  @Test func ofOneExecutionTheLatestMomentDecides() throws {
    let history = [Self.extract(9, day: 1, recorded: 1), Self.extract(1, day: 1, recorded: 2)]
    #expect(try lot(history) == ["lot 1/1 M@A 1 "])
    #expect(try lot(history.reversed()) == ["lot 1/1 M@A 1 "])
  }

  @Test func unchangedNothingIsSent() throws {
    var desk = try DocumentsDesk([plant("A"), part("M"), partes(1, 1, "M", "5")])
    try desk.take(Self.extract(5, day: 1).event())
    let first = try #require(desk.records[number(1)])
    #expect(try desk.take(Self.extract(5, day: 2).event()) == [])
    #expect(desk.records[number(1)] == first)
    #expect(desk.rejected.isEmpty)
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func anyHistoryInAnyOrderGivesTheLast(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<60 {
      var history = (0..<Int.random(in: 1...7, using: &random)).map { _ in
        Self.extract(
          Int.random(in: 1...4, using: &random), day: Int.random(in: 1...5, using: &random),
          recorded: Int.random(in: 1...3, using: &random))
      }
      // Some of them come twice.
      history += history.filter { _ in Bool.random(using: &random) }
      let wanted = try lot(history)
      for _ in 0..<4 {
        history.shuffle(using: &random)
        #expect(try lot(history) == wanted, "seed \(seed): \(history)")
      }
    }
  }
}

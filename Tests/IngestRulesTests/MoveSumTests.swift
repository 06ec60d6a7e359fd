import IngestRules
import Messages
import Testing

/// Events of one document that move the same part the same way are one move, in whatever order
/// they come.
@Suite struct MoveSumTests {
  private func sent(_ quantities: [String]) throws -> (last: [String], desk: DocumentsDesk) {
    var desk = try DocumentsDesk([plant("A"), plant("B"), part("M")])
    var last: [String] = []
    for quantity in quantities {
      let now = try desk.take(move("MV-1", from: "A", to: "B", "M", quantity))
      last += now.filter { $0.hasPrefix("exit") }
    }
    return (last, desk)
  }

  @Test func theyAddUpAndAreRoundedOnce() throws {
    #expect(
      try sent(["0.0000004", "2", "0.0000004"]).last == [
        "exit MV-1/1 M@A>B 2+0+0 r1", "exit MV-1/1 M@A>B 2.000001+0+0 r2",
      ])
  }

  @Test func theyAreAddedUpExactlyHoweverFinelyTheyAreDivided() throws {
    let quantities = ["1000000000000", "0.000000000000000000000000000001", "2"]
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
      let (_, desk) = try sent(order.map { quantities[$0] })
      #expect(desk.records["MV-1"]?.moves?.map(\.quantity.description) == ["1000000000002"])
    }
  }

  /// Too much for a quantity: which event came last must not decide what counts, so none of them
  /// does.
  @Test func aSumThatCannotBeHadIsRejectedWithAllOfIt() throws {
    let quantities = ["9000000000000", "9000000000000", "1"]
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      let (movements, desk) = try sent(order.map { quantities[$0] })
      #expect(movements.last.map { !$0.contains("+") || $0.contains("gone") } ?? true, "\(order)")
      let overflow = RejectionCode.quantityOverflow.rawValue
      #expect(desk.pending("MV-1") == [overflow, overflow, overflow], "\(order)")
      #expect(desk.records["MV-1"]?.moves == [])
    }
  }
}

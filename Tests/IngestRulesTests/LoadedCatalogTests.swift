import Messages
import Testing

/// Rows of spreadsheets of the catalogue: the same row is the same fact, and of several about one
/// thing the one that was loaded last counts.
@Suite struct LoadedCatalogTests {
  /// A part with an identity of its content, loaded at an hour.
  private static func row(_ factor: String, hour: Int) -> String {
    event(
      "immex.part.v1",
      """
      {"part":"M","kind":"material","description":"-","tariffItem":"85332101","nico":"00",\
      "uom":6,"category":"108-I","conversions":[{"uom":1,"factor":"\(factor)"}]}
      """, id: "factor-\(factor)", time: "2024-01-02T0\(hour):00:00Z",
      more: #""saldoloaded":true,"#)
  }

  private static let entry = pedimento(1, "IN", [line(1, "M", "5", uom: 1)])

  @Test func aRowThatIsChangedBackCounts() throws {
    var desk = try DocumentsDesk([plant("A"), Self.row("2", hour: 1)])
    #expect(try desk.take(Self.entry) == ["lot 1/1 M@A 10 r1"])
    #expect(try desk.take(Self.row("3", hour: 2)) == ["lot 1/1 M@A 15 r2"])
    #expect(try desk.take(Self.row("2", hour: 3)) == ["lot 1/1 M@A 10 r3"])
    // An older loading that comes late says nothing.
    #expect(try desk.take(Self.row("3", hour: 2)) == [])
    try desk.reopen()
    #expect(try desk.take(Self.row("4", hour: 2)) == [])
    #expect(desk.rejected.isEmpty)
  }

  @Test func theBooksAreTheSameInEveryOrder() throws {
    let rows = [
      Self.row("2", hour: 1), Self.row("3", hour: 2), Self.row("2", hour: 3),
      Self.row("3", hour: 1),
    ]
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2], [2, 3, 0, 1]] {
      var desk = try DocumentsDesk([plant("A")] + order.map { rows[$0] })
      #expect(try desk.take(Self.entry) == ["lot 1/1 M@A 10 r1"], "\(order)")
      #expect(desk.rejected.isEmpty)
    }
  }

  @Test func loadingTheSameAgainDerivesNothing() throws {
    let bill =
      #"{"product":"P","version":"1","validFrom":"2024-01-01","#
      + #""components":[{"part":"M","perUnit":"2"}]}"#
    func loaded(_ hour: Int) -> [String] {
      [
        event(
          "immex.plant.v1", #"{"plant":"A","rfc":"\#(rfc)","name":"A","address":"-"}"#, id: "a",
          time: "2024-01-02T0\(hour):00:00Z", more: #""saldoloaded":true,"#),
        event(
          "immex.company.v1", #"{"rfc":"\#(rfc)","name":"A","immexProgram":"1"}"#, id: "c",
          time: "2024-01-02T0\(hour):00:00Z", more: #""saldoloaded":true,"#),
        event(
          "immex.bom.v1", bill, id: "b", time: "2024-01-02T0\(hour):00:00Z",
          more: #""saldoloaded":true,"#),
      ]
    }
    var desk = try DocumentsDesk(loaded(1) + [part("M"), part("P")])
    #expect(
      try desk.take(pedimento(1, "RT", [line(1, "P", "2", finished: true)])) == [
        "exit 1/1 M(P)@A 4+0+0 r1"
      ])
    for event in loaded(2) + loaded(1) { #expect(try desk.take(event) == []) }
    #expect(desk.rejected.isEmpty)
  }

  @Test func withoutTheMarkAnotherTimeIsAnotherEvent() throws {
    let first = part("M", time: "2024-01-02T01:00:00Z", id: "same")
    let other = part("M", time: "2024-01-02T02:00:00Z", id: "same")
    let desk = try DocumentsDesk([first, other])
    #expect(desk.rejected.map(\.code) == [.identityConflict])
  }
}

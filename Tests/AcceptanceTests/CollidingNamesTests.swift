import Foundation
import Harness
import Messages
import Testing

/// Two facts whose names have one 64-bit fingerprint, as any producer can make them.
@Suite struct CollidingNamesTests {
  private static let ids = ["8f3dc6422775abc2", "7d9730758dacfe7d"]

  @Test func areFactsOfTheirOwn() throws {
    let names = Self.ids.map { FactName(source: "/test", id: $0) }
    try #require(names[0] != names[1] && names[0].fingerprint == names[1].fingerprint)

    for events in [plants, pedimentos, receipts] {
      let cluster = try Cluster(partitions: 1)
      let colliding = zip(events, Self.ids).map { $0.sent("2024-01-01T00:00:00Z", id: $1) }
      let before = [company("AME010203AB1"), part("M")] + (events[0].type == "plant" ? [] : plants)
      try send(before + colliding + events.dropFirst(2), to: cluster)
      try cluster.settle()
      #expect(cluster.values(of: .rejected).joined().isEmpty, "\(events[0].type)")
      let taken =
        switch events[0].type {
        case "plant": cluster.values(of: .catalog).joined().count - 2
        case "pedimento": try cluster.rows(of: "entradas", on: "2024-06-01").count
        default: ReportFold(cluster).recibos.count
        }
      #expect(taken == 2, "\(events[0].type)")
    }
  }

  /// A withdrawal of the one leaves the other as it is.
  @Test(arguments: [0, 1])
  func areWithdrawnOneByOne(place: Int) throws {
    let cluster = try Cluster(partitions: 1)
    let withdrawal = EventText(
      type: "withdrawal",
      data: #"{"source":"/test","id":"\#(Self.ids[place])","reason":"a mistake"}"#)
    let colliding = zip(pedimentos, Self.ids).map { $0.sent("2024-01-01T00:00:00Z", id: $1) }
    let before = [company("AME010203AB1"), part("M")] + plants
    try send(before + colliding + [withdrawal], to: cluster)
    try cluster.settle()
    let left = try cluster.rows(of: "entradas", on: "2024-06-01").map { $0[3] }
    #expect(left == [number(2 - place)])
  }

  private func send(_ events: [EventText], to cluster: Cluster) throws {
    try cluster.produce(
      events.enumerated().map { [UInt8]($0.element.cloudEvent(defaultID: "e-\($0.offset)")) })
  }

  private var plants: [EventText] { [plant("A"), plant("B")] }

  private var pedimentos: [EventText] {
    (1...2).map { pedimento(number($0), "IN", on: "2024-01-10", [line(1, "M", "10")]) }
  }

  /// Of documents that a move names each, or nobody would tell of them.
  private var receipts: [EventText] {
    (1...2).map { received("MV-\($0)", at: "2024-02-02T12:00:00Z", "B", "M", "1") }
      + (1...2).map {
        move("MV-\($0)", at: "2024-02-01T12:00:00Z", from: "A", to: "B", "M", "1")
      }
  }
}

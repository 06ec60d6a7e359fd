import Foundation
import Harness
import Testing

/// A document that came under a wrong RFC and again under the right one. Where both companies are
/// of one partition, it is one document: nothing of it is left under the wrong RFC.
@Suite struct CorrectedCompanyTests {
  private static let wrong = "AME010203AB1"
  private static let right = "BRX990101CD2"
  private static let day = "2024-06-01"

  /// The later one comes behind the other, after everything has settled or before, or comes first.
  @Test(arguments: [[0, 1], [0, 0], [1, 0]])
  func leavesNoRowUnderTheOtherCompany(steps: [Int]) throws {
    let cluster = try Cluster(partitions: 1)
    try send(companies + [part("M")], to: cluster, as: "c")
    try cluster.settle()
    for step in 0...1 {
      for (place, version) in [documents(Self.wrong, at: "A"), documents(Self.right, at: "C")]
        .enumerated() where steps[place] == step
      {
        let sent = version.enumerated().map {
          $0.element.sent("2024-05-0\(1 + place)T00:00:00Z", id: "d-\(place)-\($0.offset)")
        }
        try send(sent, to: cluster, as: "d")
      }
      try cluster.settle()
    }
    let reports = ["entradas", "salidas", "saldos", "descargos"]
    let rows = try cluster.lines(on: Self.day)
    for report in reports {
      let companies = rows[report, default: []].map { $0.prefix { $0 != "," } }
      #expect(Set(companies) == [Self.right[...]], "\(report)")
    }
    #expect(rows["entradas"]?.count == 1)
    #expect(rows["salidas"]?.count == 1)
    #expect(rows["pendientes"] == [])
    let outside = ReportFold(cluster)
    #expect(outside.faults == [])
    #expect(outside.salidas.map { $0[0] } == [Self.right])
  }

  /// What is sent under the one, the other, and the one again stands under the last.
  @Test func mayGoThereAndBack() throws {
    let cluster = try Cluster(partitions: 1)
    try send(companies + [part("M")], to: cluster, as: "c")
    for (index, (rfc, plant)) in [(Self.wrong, "A"), (Self.right, "C"), (Self.wrong, "A")]
      .enumerated()
    {
      let sent = documents(rfc, at: plant).enumerated().map {
        $0.element.sent("2024-05-0\(1 + index)T00:00:00Z", id: "d-\(index)-\($0.offset)")
      }
      try send(sent, to: cluster, as: "d")
      try cluster.settle()
      let rows = try cluster.rows(of: "entradas", on: Self.day)
      #expect(rows.map { $0[0] } == [rfc])
      #expect(ReportFold(cluster).salidas.map { $0[0] } == [rfc])
    }
  }

  private func documents(_ rfc: String, at plant: String) -> [EventText] {
    [
      pedimento(number(1), "IN", on: "2024-01-10", at: plant, [line(1, "M", "10")]),
      pedimento(number(2), "RT", on: "2024-02-10", at: plant, [line(1, "M", "4")]),
    ].map { EventText(type: $0.type, data: $0.data.replacing(Self.wrong, with: rfc)) }
  }

  private func send(_ events: [EventText], to cluster: Cluster, as name: String) throws {
    try cluster.produce(
      events.enumerated().map { [UInt8]($0.element.cloudEvent(defaultID: "\(name)-\($0.offset)")) })
  }
}

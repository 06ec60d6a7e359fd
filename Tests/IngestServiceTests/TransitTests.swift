import EventLog
import Harness
import IngestService
import Messages
import Testing

/// What is under way is announced behind everything else that an event makes: a message that was
/// sent before there were announcements keeps its place among the outputs of its input.
@Suite struct TransitTests {
  @Test func announcementsComeBehindEverythingElse() throws {
    let cluster = try Cluster(partitions: 1, stages: IngestService.stages())
    let companies = ["MTY-1", "QRO-1"].enumerated().map { index, plant in
      Self.event(
        "immex.plant.v1", "p-\(index)",
        #"{"plant":"\#(plant)","rfc":"XEXX010101000","name":"Planta","address":"Calle 1"}"#)
    }
    // All of it waits for the part.
    let waiting = [
      Self.move("1", "MV-1"), Self.move("2", "MV-1", on: "2026-03-06"), Self.move("3", "MV-2"),
      Self.event(
        "immex.pedimento.v1", "d-1",
        """
        {"pedimento":"262434567890123","clave":"V1","operation":"export",\
        "rfc":"XEXX010101000","plant":"MTY-1","paidOn":"2026-03-07",\
        "counterparty":{"rfc":"XAXX010101000"},\
        "lines":[{"line":1,"part":"PN-1","quantity":"1","uom":6,"tariffItem":"85444299",\
        "nico":"01","valueMXN":"10","originCountry":"MEX"}]}
        """),
    ]
    let part = Self.event(
      "immex.part.v1", "n-1",
      """
      {"part":"PN-1","kind":"material","description":"Cable","tariffItem":"85444299",\
      "nico":"01","uom":6,"category":"108-I","conversions":[]}
      """)
    try cluster.produce((companies + waiting + [part]).map { Array($0.utf8) })
    try cluster.settle()

    var sent: [(input: Int64, ordinal: UInt32, what: String)] = []
    for topic in [Topic.movements, .records, .catalog, .sides] {
      let batch = cluster.log.readNow(
        TopicPartition(topic.rawValue, 0), from: 0, limit: ReadLimit())
      for segment in batch.segments where segment.source?.topic == Topic.documents.rawValue {
        segment.records.forEach(skipping: 0) { record in
          let text = String(decoding: record.record.value ?? [], as: UTF8.self)
          let isTransit = text.contains(#""kind":"transit""#)
          sent.append((record.input, record.ordinal, isTransit ? text : topic.rawValue))
        }
      }
    }
    let last = try #require(sent.map(\.input).max())
    let made = sent.filter { $0.input == last }.sorted { $0.ordinal < $1.ordinal }.map(\.what)
    #expect(
      Set(made.dropLast(3)) == Set([Topic.movements, .records, .sides].map(\.rawValue)))
    #expect(
      made.suffix(3) == [
        #"{"document":"MV-1","kind":"transit","part":"PN-1","plant":"QRO-1"}"#,
        #"{"document":"MV-1","kind":"transit","part":"PN-1","plant":"QRO-1"}"#,
        #"{"document":"MV-2","kind":"transit","part":"PN-1","plant":"QRO-1"}"#,
      ])
  }

  private static func event(_ type: String, _ id: String, _ data: String) -> String {
    #"{"specversion":"1.0","id":"\#(id)","source":"/erp/mty","type":"\#(type)","#
      + #""time":"2026-03-05T18:00:00Z","data":\#(data)}"#
  }

  private static func move(
    _ id: String, _ document: String, on day: String = "2026-03-05"
  ) -> String {
    event(
      "immex.stock.v1", id,
      """
      {"kind":"moved","plant":"MTY-1","part":"PN-1","quantity":"3","uom":6,\
      "document":"\(document)","occurredAt":"\(day)T12:00:00Z","rfc":"XEXX010101000",\
      "toPlant":"QRO-1","aviso":"AV-1"}
      """)
  }
}

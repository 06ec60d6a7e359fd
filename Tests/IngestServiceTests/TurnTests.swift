import EventLog
import Harness
import IngestService
import Messages
import Testing

/// A book's turn goes back to the books behind what the documents before it come to.
@Suite struct TurnTests {
  /// Also where it waits for the partition's turn, which comes behind the book's.
  @Test(arguments: [false, true])
  func aTurnGoesBackBehindWhatLayBeforeIt(_ catalogueLast: Bool) throws {
    let cluster = try Cluster(partitions: 3, stages: IngestService.stages())
    let events = [
      Self.event(
        "immex.plant.v1", "p-1",
        #"{"plant":"MTY-1","rfc":"XEXX010101000","name":"Planta","address":"Calle 1"}"#),
      Self.event(
        "immex.part.v1", "n-1",
        """
        {"part":"PN-1","kind":"material","description":"Cable","tariffItem":"85444299",\
        "nico":"01","uom":6,"category":"108-I","conversions":[]}
        """),
      Self.event(
        "immex.pedimento.v1", "d-1",
        """
        {"pedimento":"262434567890123","clave":"IN","operation":"import","rfc":"XEXX010101000",\
        "plant":"MTY-1","paidOn":"2026-03-07","lines":[{"line":1,"part":"PN-1","quantity":"1",\
        "uom":6,"tariffItem":"85444299","nico":"01","valueMXN":"10","originCountry":"MEX"}]}
        """),
    ]
    try cluster.produce((catalogueLast ? events.reversed() : events).map { Array($0.utf8) })
    for intake in 0..<3 { try cluster.step(intake, limit: 100) }
    let turn = Movement.settle(SettleMovement(plant: "MTY-1", part: "PN-1"))
    var (key, value): ([UInt8], [UInt8]) = ([], [])
    turn.writeKey(to: &key)
    turn.write(to: &value)
    let company = Murmur2.partition(of: "XEXX010101000", count: cluster.partitions)
    var records = PackedRecords()
    records.append(Record(key: key, value: value, timestamp: 5), input: 0, ordinal: 0)
    try cluster.log.appendNow(
      [
        OutgoingBatch(
          target: TopicPartition(Topic.documents.rawValue, company), records: records)
      ], source: TopicPartition(Topic.movements.rawValue, 2))
    try cluster.settle()
    let sent = cluster.sent(to: .movements).map { String(decoding: $0.value, as: UTF8.self) }
    #expect(sent.count == 2)
    #expect(sent.first?.contains(#""kind":"lot""#) == true)
    #expect(sent.last == String(decoding: value, as: UTF8.self))
  }

  private static func event(_ type: String, _ id: String, _ data: String) -> String {
    #"{"specversion":"1.0","id":"\#(id)","source":"/erp","type":"\#(type)","#
      + #""time":"2026-03-05T18:00:00Z","data":\#(data)}"#
  }
}

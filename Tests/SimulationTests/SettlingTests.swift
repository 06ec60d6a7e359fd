import Auditor
import EventLogTesting
import Foundation
import Harness
import Messages
import Testing

/// Serving again down chains of moves comes to an end, and within what Decisions/0027 proves.
@Suite struct SettlingTests {
  /// Every plant sends to every other several times a day, so goods go round in every circle that
  /// there is. Then an entry comes that was before all of it.
  @Test(arguments: [2, 3, 4], [1, 2, 7])
  func aLateEntrySettlesWithinTheBound(plants: Int, slowness: Int) throws {
    let loops = Loops(plants: plants, days: 3)
    let cluster = try Cluster(
      partitions: 3, log: TestingLog(), stages: Cluster.stages(reporting: false))
    try cluster.produce(loops.events)
    try settle(cluster, slowness)
    let before = changes(cluster)
    try cluster.produce([loops.late])
    try settle(cluster, slowness)
    let sent = changes(cluster) - before
    #expect(sent > 0, "the late entry changes nothing, and so the test tells nothing")
    #expect(sent <= loops.bound(slowness: slowness), "\(plants) plants")
    let books = Auditor.audit(events: (loops.events + [loops.late]).map { Data($0) })
    let fold = LedgerFold(cluster.values(of: .ledger))
    #expect(fold.faults == [])
    #expect(fold.saldos == books.report.saldos)
    #expect(fold.descargos == books.report.descargos)
    #expect(fold.faltantes == books.report.faltantes)
  }

  /// Lets the places go round until nothing is left to do. Every third place is slow: it takes its
  /// turn once in so many rounds.
  private func settle(_ cluster: Cluster, _ slowness: Int) throws {
    var idle = 0
    var round = 0
    while idle <= slowness {
      var isBusy = false
      for place in 0..<cluster.placeCount where place % 3 != 0 || round % slowness == 0 {
        if try cluster.step(place, limit: 5_000) { isBusy = true }
      }
      idle = isBusy ? 0 : idle + 1
      round += 1
    }
  }

  /// How many changes of lots have gone from plant to plant: the lots that one message of the
  /// ledger had sent to one book are one change.
  private func changes(_ cluster: Cluster) -> Int {
    var reader = MessageReader<Movement>()
    var changes: Set<[String]> = []
    for sent in cluster.sent(to: .movements) {
      guard case .lot(let lot)? = try? sent.value.withUnsafeBytes({ try reader.read($0) }),
        lot.moved != nil
      else { continue }
      changes.insert(["\(sent.source.map { "\($0)" } ?? "")", "\(sent.input)", lot.plant, lot.part])
    }
    return changes.count
  }
}

/// Goods that go round between plants, some of them on one day.
private struct Loops {
  let plants: Int
  private(set) var events: [[UInt8]] = []
  private(set) var late: [UInt8] = []
  private var moves = 0

  init(plants: Int, days: Int) {
    self.plants = plants
    add("company", #"{"rfc":"AME010203AB1","name":"A","immexProgram":"1-2006"}"#)
    for plant in 0..<plants {
      add(
        "plant", #"{"plant":"P\#(plant)","rfc":"AME010203AB1","name":"P","address":"Av. Uno 1"}"#)
    }
    add(
      "part",
      """
      {"part":"M","kind":"material","description":"M","tariffItem":"85332101","nico":"00",\
      "uom":6,"category":"108-I","conversions":[]}
      """)
    add("pedimento", Self.entry(2, on: "2024-01-10", value: "1000.01"))
    for day in 0..<days {
      for from in 0..<plants {
        for to in 0..<plants where to != from { addMove(from, to, day: day) }
      }
    }
    add("pedimento", Self.entry(1, on: "2024-01-05", value: "77.77"))
    late = events.removeLast()
  }

  /// Decisions/0027: of `n` moves among `k` plants, each book is served again at most once for
  /// each round and each move, and tells at most the `k - 1` others; the slowest place stretches a
  /// round.
  func bound(slowness: Int) -> Int { plants * (plants - 1) * (moves + 1) * slowness }

  private mutating func addMove(_ from: Int, _ to: Int, day: Int) {
    moves += 1
    let document = "MV-\(100 + moves)"
    add(
      "stock",
      """
      {"kind":"moved","rfc":"AME010203AB1","plant":"P\(from)","toPlant":"P\(to)","part":"M",\
      "quantity":"\(3 + moves % 5)","uom":6,"document":"\(document)","aviso":"AT-1",\
      "occurredAt":"2024-02-0\(1 + day)T12:00:00Z"}
      """)
  }

  private static func entry(_ number: Int, on day: String, value: String) -> String {
    """
    {"pedimento":"24071769400000\(number)","clave":"IN","operation":"import",\
    "rfc":"AME010203AB1","plant":"P0","paidOn":"\(day)","lines":[{"line":1,"part":"M",\
    "quantity":"40","uom":6,"tariffItem":"85332101","nico":"00","valueMXN":"\(value)",\
    "originCountry":"USA"}]}
    """
  }

  private mutating func add(_ type: String, _ data: String) {
    events.append(
      Array(
        """
        {"specversion":"1.0","id":"e-\(events.count)","source":"/erp",\
        "type":"immex.\(type).v1","time":"2024-01-01T00:00:00Z","data":\(data)}
        """.utf8))
  }
}

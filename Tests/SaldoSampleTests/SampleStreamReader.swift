import Foundation
import SaldoSample
import Testing

/// What the tests read of an event.
struct Event: Decodable {
  struct Line: Decodable {
    struct Entry: Decodable, Hashable {
      let pedimento: String
      let line: Int
    }
    let line: Int
    let part: String
    let quantity: String
    let uom: Int
    var tariffItem: String?
    var nico: String?
    var valueMXN: String?
    var originCountry: String?
    var finished: Bool?
    var scrap: Bool?
    var discharges: [Entry]?
    var serial: String?
  }

  struct Party: Decodable {
    let rfc: String
    let plant: String
    let pedimento: String
  }

  struct Origin: Decodable { let document: String }

  struct Component: Decodable {
    let part: String
    let perUnit: String
  }

  struct Conversion: Decodable {
    let uom: Int
    let factor: String
  }

  struct Data: Decodable {
    var rfc: String?
    var plant: String?
    var part: String?
    var product: String?
    var version: String?
    var validFrom: String?
    var components: [Component]?
    var uom: Int?
    var category: String?
    var conversions: [Conversion]?
    var pedimento: String?
    var clave: String?
    var operation: String?
    var paidOn: String?
    var rectifies: String?
    var counterparty: Party?
    var lines: [Line]?
    var kind: String?
    var document: String?
    var of: Origin?
    var quantity: String?
    var occurredAt: String?
    var toPlant: String?
    var acta: String?
    var noticeFolio: String?
    var folio: String?
    var noticedOn: String?
    var destroyedOn: String?
  }

  let specversion: String
  let id: String
  let source: String
  let type: String
  let time: String
  let data: Data
}

/// One run as a stream, with its events decoded.
struct ReadStream {
  var events: [Event] = []
  var bytes = Foundation.Data()
  let summary: SampleSummary

  init(_ plan: SamplePlan) throws {
    let decoder = JSONDecoder()
    var (events, bytes): ([Event], Foundation.Data) = ([], Foundation.Data())
    summary = try SampleCompany.events(plan) { raw in
      let event = Foundation.Data(raw)
      events.append(try decoder.decode(Event.self, from: event))
      bytes.append(event)
      bytes.append(UInt8(ascii: "\n"))
    }
    (self.events, self.bytes) = (events, bytes)
  }

  /// Events without those that arrived a second time.
  var unique: [Event] {
    var seen: Set<String> = []
    return events.filter { seen.insert($0.source + $0.id).inserted }
  }

  func unique(_ type: String) -> [Event] { unique.filter { $0.type == "immex.\(type).v1" } }
}

/// A decimal as written, in millionths; the tests' own reading.
func millionths(_ text: String) throws -> Int {
  let halves = text.split(separator: ".", omittingEmptySubsequences: false)
  let fraction = halves.count > 1 ? String(halves[1]) : ""
  let padded = fraction.padding(toLength: 6, withPad: "0", startingAt: 0)
  return try #require(Int(halves[0])) * 1_000_000 + #require(Int(padded))
}

/// A small company with everything switched on.
func fullPlan(seed: UInt64) -> SamplePlan {
  var plan = SamplePlan(
    seed: seed, plants: 4, parts: 60, days: 220, movementsPerDay: 45, companies: 2)
  plan.movedPerMille = 20
  plan.submanufacturePerMille = 20
  plan.disposedPerMille = 60
  plan.stockPerMille = 500
  plan.rectifiedPerMille = 60
  return plan
}

// What is at sub-manufacturers: naive, event by event, and in no book.

struct Submanufacturer: Decodable {
  let submanufacturer: Text
  let rfc: Text
  let validFrom: Text
}

struct Submanufacture: Decodable {
  struct Origin: Decodable {
    let document: Text?
    let part: Text?
    let quantity: Exact?
    let uom: Int?
  }
  let kind: Text
  let rfc: Text
  let plant: Text
  let submanufacturer: Text
  let noticeFolio: Text
  let document: Text
  let part: Text
  let quantity: Exact
  let uom: Int
  let occurredAt: Text
  let of: Origin?
}

/// The rows of `submaquila.csv` that follow from the facts: planta, submaquilador, numero_parte,
/// documento, aviso, fecha_envio, cantidad, devuelto, pendiente, ultima_devolucion.
struct SubmanufactureRows {
  private(set) var rows: [[String]] = []
  /// What has no effect, and why.
  private(set) var waiting: [String] = []

  /// A parcel that went, or what came back beyond.
  private final class Parcel {
    let event: Submanufacture
    var went = Exact.zero
    var came = Exact.zero
    var last: Text = ""
    init(_ event: Submanufacture) { self.event = event }
  }

  /// - Parameter last: the day of the books; nil for all.
  init(_ facts: Facts, until last: Text? = nil) {
    var good: [(event: Submanufacture, part: Text, amount: Exact)] = []
    for event in facts.submanufacture {
      do {
        let understood = try Self.understood(event, facts)
        let day = Text(event.occurredAt.string.prefix(10))
        if last.map({ day <= $0 }) ?? true { good.append(understood) }
      } catch {
        waiting.append("\(event.document.string): \((error as? Waits)?.why ?? "\(error)")")
      }
    }
    let accounts = Dictionary(grouping: good) { item in
      [item.event.rfc, item.event.plant, item.event.submanufacturer, item.part]
    }
    for (key, items) in accounts {
      for row in Self.rows(of: items.map { (event: $0.event, amount: $0.amount) }) {
        rows.append([key[1].string, key[2].string, key[3].string] + row)
      }
    }
    rows.sort { $0.map { Text($0) }.lexicographicallyPrecedes($1.map { Text($0) }) }
  }

  private static func understood(
    _ event: Submanufacture, _ facts: Facts
  ) throws -> (event: Submanufacture, part: Text, amount: Exact) {
    guard facts.plants[event.plant]?.rfc == event.rfc else { throw Waits("the plant") }
    guard
      let known = facts.submanufacturers.first(where: {
        $0.rfc == event.rfc && $0.submanufacturer == event.submanufacturer
      }), known.validFrom <= Text(event.occurredAt.string.prefix(10))
    else { throw Waits("the sub-manufacturer") }
    guard facts.parts[event.part] != nil else { throw Waits("the part") }
    // What it was when it went counts, and only of what comes back.
    let of = event.kind == "returned" ? event.of : nil
    let part = of?.part ?? event.part
    let amount = try facts.inBaseUnit(
      of?.quantity ?? event.quantity, of?.uom ?? event.uom, of: part)
    return (event, part, amount.rounded(6))
  }

  private static func rows(of items: [(event: Submanufacture, amount: Exact)]) -> [[String]] {
    func day(_ event: Submanufacture) -> Text { Text(event.occurredAt.string.prefix(10)) }
    var parcels: [[Text]: Parcel] = [:]
    for item in items where item.event.kind == "sent" {
      let key = [day(item.event), item.event.document, item.event.noticeFolio]
      let parcel = parcels[key] ?? Parcel(item.event)
      parcel.went += item.amount
      parcels[key] = parcel
    }
    let inOrder = parcels.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    var beyond: [[Text]: Parcel] = [:]
    let back = items.filter { $0.event.kind == "returned" }.sorted { a, b in
      let (left, right) = (a.event.of?.document != nil, b.event.of?.document != nil)
      if left != right { return left }
      return (day(a.event), a.event.document, a.event.noticeFolio)
        < (day(b.event), b.event.document, b.event.noticeFolio)
    }
    for item in back {
      var left = item.amount
      for parcel in inOrder where day(parcel.event) <= day(item.event) {
        if let named = item.event.of?.document, named != parcel.event.document { continue }
        let amount = min(left, parcel.went - parcel.came)
        if amount == .zero { continue }
        parcel.came += amount
        parcel.last = max(parcel.last, day(item.event))
        left -= amount
      }
      if left == .zero { continue }
      let key = [day(item.event), item.event.document, item.event.noticeFolio]
      let parcel = beyond[key] ?? Parcel(item.event)
      parcel.came += left
      beyond[key] = parcel
    }
    return inOrder.map { parcel in
      [
        parcel.event.document.string, parcel.event.noticeFolio.string, day(parcel.event).string,
        parcel.went.plain, parcel.came.plain, (parcel.went - parcel.came).plain,
        parcel.last.string,
      ]
    }
      + beyond.values.map { parcel in
        [
          parcel.event.document.string, parcel.event.noticeFolio.string, "", "0",
          parcel.came.plain, "0", day(parcel.event).string,
        ]
      }
  }
}

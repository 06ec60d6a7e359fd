import DischargeRules
import Ledger
import Messages

typealias Fact = BookFact

/// A lot of entry `pedimento`; a quantity of nil withdraws it.
func lot(
  _ pedimento: String, on day: String, _ quantity: String?, value: String = "0", line: Int32 = 1,
  due: String? = nil, moved: MoveReference? = nil, revision: Int64 = 1
) throws -> Fact {
  .lot(
    LotMovement(
      clave: "IN", dueOn: try due.map { try CalendarDate($0) }, enteredOn: try CalendarDate(day),
      line: line, moved: moved, part: "M", pedimento: pedimento, plant: "A",
      quantity: try quantity.map { try Quantity($0) }, revision: revision,
      value: try quantity.map { _ in try Money(value) }))
}

/// A demand of `document`; a quantity of nil withdraws it.
func exit(
  _ document: String, on day: String, _ quantity: String?, waste: String = "0",
  scrap: String = "0", line: Int32 = 1, clave: String = "RT", directed: [String]? = nil,
  product: String? = nil, toPlant: String? = nil, revision: Int64 = 1
) throws -> Fact {
  .demand(
    DemandMovement(
      clave: toPlant == nil ? clave : DemandMovement.moveClave, component: 0,
      date: try CalendarDate(day),
      directed: directed?.map { EntryReference(pedimento: $0, line: 1) }, document: document,
      incorporated: try quantity.map { try Quantity($0) }, line: line, part: "M", plant: "A",
      product: product, revision: revision, scrap: try quantity.map { _ in try Quantity(scrap) },
      toPlant: toPlant, waste: try quantity.map { _ in try Quantity(waste) }))
}

/// The move by which a lot came.
func move(_ document: String, on day: String, from plant: String = "B") throws -> MoveReference {
  MoveReference(date: try CalendarDate(day), document: document, line: 1, plant: plant)
}

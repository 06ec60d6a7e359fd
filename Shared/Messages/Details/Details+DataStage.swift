import Ledger

/// What customs' own record has of details. A cell that is not what its column should hold says
/// nothing: it keeps no pedimento out of the books.
extension Details where Name == LineDetail {
  /// What a partida says; nil for nothing.
  init?(partida data: FieldReader, _ operation: Operation) {
    self.init()
    self[.brand] = data.cell("marca")
    self[.customsValueMXN] = data.number("valorAduana")
    self[.description] = data.cell("descripcion")
    if operation == .export { self[.destinationCountry] = data.cell("paisOrigenDestino") }
    data.eachCell("formasPagoIGI") { add($0, to: .formOfPayment) }
    self[.model] = data.cell("modelo")
    if operation == .import { self[.sellerCountry] = data.cell("paisCompradorVendedor") }
    data.eachCell("series") { add($0, to: .serial) }
    self[.tariffQuantity] = data.number("cantidadUMT")
    self[.tariffUom] = (try? data.optionalUOM("umt")).map { "\($0.code)" }
    self[.valueUSD] = data.number("valorDolares")
    if isEmpty { return nil }
  }

  /// The invoices of a pedimento, which customs does not tell by partida, and whom they are of.
  ///
  /// A number that begins with COVE names the electronic document of the value.
  init(invoicesOf data: FieldReader, _ operation: Operation) {
    self.init()
    data.optional("facturas")?.forEachElement { _, node in
      guard let item = try? FieldReader(node) else { return }
      if let number = item.cell("numero") {
        add(number, to: number.hasPrefix("COVE") ? .cove : .invoice)
      }
      if let day = item.cell("fecha") { add(String(day.prefix(10)), to: .invoiceDate) }
      if let party = item.cell("proveedor") {
        add(party, to: operation == .import ? .supplier : .customer)
      }
    }
  }
}

extension Details where Name == DocumentDetail {
  /// What a pedimento says; nil for nothing.
  init?(dataStage data: FieldReader, clearedAt: Instant?) {
    self.init()
    self[.clearedOn] = clearedAt.map { String($0.description.prefix(10)) }
    self[.customsOffice] = data.cell("seccionAduanera")
    self[.enteredOn] = data.cell("fechaEntrada").map { String($0.prefix(10)) }
    if isEmpty { return nil }
  }
}

extension Details<LineDetail>? {
  /// Takes everything that other details say.
  mutating func formUnion(_ other: Details<LineDetail>) {
    var all = self ?? Details()
    all.formUnion(other)
    self = all
  }
}

extension FieldReader {
  fileprivate func cell(_ field: StaticString) -> String? { optional(field)?.string }

  /// A number as it is written without zeros at its ends; nil where it is none.
  fileprivate func number(_ field: StaticString) -> String? {
    guard has(field) else { return nil }
    let number = try? decimal(field, malformed: .valueMalformed, overflow: .valueOverflow)
    return number?.description
  }

  fileprivate func eachCell(_ field: StaticString, _ body: (String) -> Void) {
    optional(field)?.forEachElement { _, node in
      if let text = node.string { body(text) }
    }
  }
}

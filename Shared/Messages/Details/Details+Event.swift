import Ledger

/// A field of an event that is kept as a detail, and what it has to be.
struct DetailField<Name: DetailName>: Sendable {
  let name: StaticString
  let detail: Name
  let kind: DetailKind

  init(_ name: StaticString, _ detail: Name, _ kind: DetailKind = .text) {
    self.name = name
    self.detail = detail
    self.kind = kind
  }
}

/// What a detail has to be.
enum DetailKind: Sendable {
  case text, date, country, unit, quantity, amount, decimal
}

extension Details where Name == LineDetail {
  private static let fields: [DetailField<LineDetail>] = [
    .init("assetTag", .assetTag), .init("brand", .brand), .init("customer", .customer),
    .init("customsValueMXN", .customsValueMXN, .amount), .init("description", .description),
    .init("destinationCountry", .destinationCountry, .country),
    .init("dutyRate", .dutyRate, .decimal), .init("dutyRateKind", .dutyRateKind),
    .init("formOfPayment", .formOfPayment), .init("location", .location), .init("model", .model),
    .init("sellerCountry", .sellerCountry, .country), .init("serial", .serial),
    .init("supplier", .supplier), .init("tariffQuantity", .tariffQuantity, .quantity),
    .init("tariffUom", .tariffUom, .unit), .init("valueUSD", .valueUSD, .decimal),
  ]

  /// What a line of a pedimento says; nil for nothing.
  init?(line data: FieldReader) throws(Rejection) {
    self.init()
    try data.read(Self.fields, into: &self)
    for invoice in try data.invoices() {
      join(invoice.number, .invoice)
      join(invoice.date, .invoiceDate)
      join(invoice.cove, .cove)
    }
    if isEmpty { return nil }
  }

  /// Adds one more text at the end, also where it stands there before: invoices, days and documents
  /// are in one order.
  private mutating func join(_ text: String?, _ name: LineDetail) {
    guard let text else { return }
    self[name] = self[name].map { $0 + Self.separator + text } ?? text
  }
}

extension Details where Name == DocumentDetail {
  private static let fields: [DetailField<DocumentDetail>] = [
    .init("broker", .broker), .init("customsOffice", .customsOffice),
    .init("enteredOn", .enteredOn, .date), .init("transportDocument", .transportDocument),
  ]
  private static let consolidated: [DetailField<DocumentDetail>] = [
    .init("notice", .notice), .init("crossedOn", .crossedOn, .date),
  ]

  /// What a pedimento says; nil for nothing.
  init?(document data: FieldReader) throws(Rejection) {
    self.init()
    try data.read(Self.fields, into: &self)
    // The day as its sender wrote it.
    if data.has("clearedAt") { self[.clearedOn] = try data.day("clearedAt").description }
    if data.has("consolidated") {
      let notice = try data.object("consolidated")
      do throws(Rejection) {
        try notice.read(Self.consolidated, into: &self)
      } catch { throw error.within("consolidated") }
    }
    if isEmpty { return nil }
  }
}

extension FieldReader {
  /// Reads the fields that are there.
  fileprivate func read<Name: DetailName>(
    _ fields: [DetailField<Name>], into details: inout Details<Name>
  ) throws(Rejection) {
    for field in fields where has(field.name) {
      details[field.detail] = try text(of: field.name, field.kind)
    }
  }

  /// A field as reports show it.
  private func text(of field: StaticString, _ kind: DetailKind) throws(Rejection) -> String {
    switch kind {
    case .text: try text(field)
    case .date: try date(field).description
    case .country: try checked(field, .countryMalformed, Shapes.isCountry)
    case .unit: "\(try uom(field).code)"
    case .quantity: try quantity(field).description
    case .amount: try amount(field).description
    case .decimal:
      try decimal(field, malformed: .valueMalformed, overflow: .valueOverflow).description
    }
  }

  fileprivate func invoices() throws(Rejection) -> [(number: String, date: String?, cove: String?)]
  {
    try optionalList("invoices") { (item) throws(Rejection) in
      (
        number: try item.text("number"),
        date: item.has("date") ? try item.date("date").description : nil,
        cove: try item.optionalText("cove")
      )
    }
  }
}

/// Why a fact is not taken into the books.
public enum RejectionCode: String, Codable, Sendable, CaseIterable {
  /// The text is not JSON (RFC 8259, UTF-8).
  case jsonMalformed = "json.malformed"
  /// The event is not a JSON object.
  case eventNotAnObject = "event.notAnObject"
  /// The event is larger than the limit.
  case eventTooLarge = "event.tooLarge"
  /// A header of a record in binary mode is not UTF-8, comes twice, or cannot be an attribute.
  case headerMalformed = "header.malformed"
  /// The content type is neither JSON nor the JSON format of CloudEvents, in UTF-8.
  case contentTypeUnsupported = "contentType.unsupported"
  /// `specversion` is not 1.0.
  case eventVersion = "event.version"
  /// No such event type.
  case typeUnknown = "type.unknown"
  /// A required field is not there.
  case fieldMissing = "field.missing"
  /// A field holds another kind of JSON value than it should.
  case fieldType = "field.type"
  /// A name is empty, too long, or has control characters or outer spaces.
  case textMalformed = "text.malformed"
  /// Not the shape of an RFC.
  case rfcMalformed = "rfc.malformed"
  /// Not fifteen digits.
  case pedimentoMalformed = "pedimento.malformed"
  /// Not a clave of two characters.
  case claveMalformed = "clave.malformed"
  /// Not eight digits.
  case tariffItemMalformed = "tariffItem.malformed"
  /// Not two digits.
  case nicoMalformed = "nico.malformed"
  /// Not three capital letters.
  case countryMalformed = "country.malformed"
  /// Not a code of Anexo 22, appendix 7.
  case uomUnknown = "uom.unknown"
  /// The part's catalogue entry has no factor for this unit.
  case uomNoConversion = "uom.noConversion"
  /// Not one of the words that the field may hold.
  case wordUnknown = "word.unknown"
  /// Not a whole number above zero.
  case lineMalformed = "line.malformed"
  /// A list that must not be empty is.
  case listEmpty = "list.empty"
  /// The same thing twice in a list that names each once.
  case listRepeats = "list.repeats"
  /// Not a decimal.
  case quantityMalformed = "quantity.malformed"
  /// Zero or below.
  case quantityNotPositive = "quantity.notPositive"
  /// More than the books can hold.
  case quantityOverflow = "quantity.overflow"
  /// Not a decimal.
  case valueMalformed = "value.malformed"
  /// Below zero.
  case valueNegative = "value.negative"
  /// More than the books can hold.
  case valueOverflow = "value.overflow"
  /// Not a `YYYY-MM-DD` day.
  case dateMalformed = "date.malformed"
  /// Outside 1990-2100.
  case dateOutOfRange = "date.outOfRange"
  /// Not an RFC 3339 instant.
  case instantMalformed = "instant.malformed"
  /// Not a time zone.
  case timeZoneUnknown = "timeZone.unknown"
  /// A product that is a component of itself.
  case bomCycle = "bom.cycle"
  /// A rectification that does not say what it rectifies.
  case rectifiesMissing = "rectifies.missing"
  /// A document that rectifies itself.
  case rectifiesItself = "rectifies.itself"
  /// The same source and id were seen with other content.
  case identityConflict = "identity.conflict"
  /// The data is there both as JSON and in Base64, or the Base64 is none.
  case dataMalformed = "data.malformed"
  /// A row about the pedimento has another number of cells than its header names, because a text
  /// holds a pipe or a line's end: what its cells are is not known.
  case dataStageColumns = "datastage.columns"
  /// A file of no bytes, or with nothing but blanks.
  case fileEmpty = "file.empty"
  /// A file that ends within what it says.
  case fileCut = "file.cut"
  /// A row of a file that names no pedimento.
  case fileRowUnnamed = "file.rowUnnamed"
  /// A row of a file about a pedimento or partida that the file does not hold.
  case fileRowStray = "file.rowStray"
  /// A row of a file that has another number of cells than its header.
  case fileRowColumns = "file.rowColumns"
  /// A row of a file about what another row says otherwise.
  case fileRowReplaced = "file.rowReplaced"
  /// A row of a file that differs from another only where it is not read.
  case fileRowAlike = "file.rowAlike"
  /// A bill whose rows contradict each other, or of which one cannot be read.
  case fileBillRefused = "file.billRefused"
  /// A row of partes.csv has more cells than the header, or a quote that is never closed.
  case partesColumns = "partes.columns"
  /// A row of partes.csv takes its partida above what customs recorded.
  case partesExceed = "partes.exceed"
  /// A row of partes.csv is in another unit than its partida.
  case partesUnit = "partes.unit"
  /// A line disposes of scrap under a clave that does not.
  case scrapClave = "scrap.clave"
  /// A line says that it is both a finished product and scrap.
  case scrapFinished = "scrap.finished"
  /// A move between a plant and itself.
  case moveSamePlant = "move.samePlant"
  /// A move from or to a plant of another company.
  case moveOtherCompany = "move.otherCompany"
  /// A withdrawal that names both an event and a row, itself, or another withdrawal: that is
  /// cancelled, and never withdrawn.
  case withdrawalTarget = "withdrawal.target"
  /// A virtual transfer between a company and itself.
  case transferSameCompany = "transfer.sameCompany"
}

/// What is wrong with a fact: a code, the field, and the field's value cut short.
public struct Rejection: Error, Equatable, Sendable, Codable {
  /// What is wrong.
  public var code: RejectionCode
  /// Path of the field within the event, such as `data.lines[2].quantity`; of an event that is a
  /// row of a spreadsheet the column's name. Empty for the whole.
  public var field: String
  /// The field's value, cut short.
  public var value: String

  /// What is wrong with a field.
  public init(_ code: RejectionCode, field: String, value: String = "") {
    self.code = code
    self.field = field
    self.value = Self.cut(value)
  }

  /// The same, of a field of an enclosing value.
  public func within(_ path: String) -> Rejection {
    var outer = self
    outer.field = field.isEmpty ? path : field.first == "[" ? path + field : path + "." + field
    return outer
  }

  /// The same, of a column of a spreadsheet where it is one: who filled it in knows no field.
  public func located(at place: EventPlace?) -> Rejection {
    var located = self
    if let column = place?.column { located.field = column }
    return located
  }

  /// At most 80 characters of a value.
  public static func cut(_ value: String) -> String {
    value.count <= 80 ? value : value.prefix(79) + "…"
  }
}

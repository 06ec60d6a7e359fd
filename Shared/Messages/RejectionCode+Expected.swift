extension RejectionCode {
  /// What was expected, in few words; nil if the code itself or the value says it.
  public var expected: String? {
    switch self {
    case .jsonMalformed, .eventTooLarge, .bomCycle, .rectifiesItself, .identityConflict,
      .partesExceed, .partesUnit, .scrapClave, .scrapFinished, .moveSamePlant,
      .moveOtherCompany, .transferSameCompany, .fileEmpty, .fileCut, .fileRowUnnamed,
      .fileRowStray, .fileRowColumns, .fileRowReplaced, .fileRowAlike, .fileBillRefused,
      .listRepeats, .quantityOverflow, .valueOverflow:
      nil
    case .eventNotAnObject: "a JSON object"
    case .headerMalformed: "UTF-8 once under the name of an attribute"
    case .contentTypeUnsupported: "application/json or application/cloudevents+json in UTF-8"
    case .eventVersion: "1.0"
    case .typeUnknown: "a type of schemas/"
    case .fieldMissing: "a value"
    case .fieldType: "another kind of JSON value"
    case .textMalformed: "1 to 64 bytes of text without control characters or outer blanks"
    case .rfcMalformed: "an RFC such as ABC010203AB1"
    case .pedimentoMalformed: "fifteen digits"
    case .claveMalformed: "a clave of two characters such as IN"
    case .tariffItemMalformed: "eight digits"
    case .nicoMalformed: "two digits"
    case .countryMalformed: "three capital letters"
    case .uomUnknown: "a unit's code from 1 to 22 (Anexo 22 appendix 7)"
    case .uomNoConversion: "a factor for the unit in the part's catalogue entry"
    case .wordUnknown: "one of the words that the field may hold"
    case .lineMalformed: "a whole number above zero"
    case .listEmpty: "at least one element"
    case .quantityMalformed, .valueMalformed: "a decimal such as 12.5"
    case .quantityNotPositive: "more than zero"
    case .valueNegative: "zero or more"
    case .dateMalformed: "a day YYYY-MM-DD"
    case .dateOutOfRange: "a day from 1990 to 2100"
    case .instantMalformed: "an instant such as 2026-01-31T10:00:00Z"
    case .timeZoneUnknown: "a time zone (IANA) such as America/Tijuana"
    case .rectifiesMissing: "the pedimento that it rectifies"
    case .withdrawalTarget: "one event that is no withdrawal, or pedimento, line and part"
    case .dataMalformed: "either data or data_base64 with Base64"
    case .dataStageColumns: "as many cells as columns: a text may hold a pipe or a line's end"
    case .partesColumns: "no more cells than columns and quotes that are closed"
    }
  }
}

extension Rejection {
  /// What was expected, in few words; nil if the code itself or the value says it.
  public var expected: String? { code.expected(of: field) }
}

extension RejectionCode {
  /// What was expected of a field, or of a spreadsheet's column.
  public func expected(of field: String) -> String? {
    switch (self, field) {
    case (.wordUnknown, "tipo"): "material, producto or activo"
    case (.wordUnknown, "categoria"): "108-I, 108-II or 108-III"
    case (.wordUnknown, "certificacion"): "A, AA, AAA, OEA or nothing"
    case (.wordUnknown, "movimiento"):
      "recibido, surtido, completado, desechado, embarcado, trasladado or contado"
    case (.instantMalformed, "fecha"): "2026-01-31, alone or with a time such as 10:00:00"
    default: expected
    }
  }
}

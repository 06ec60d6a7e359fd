/// A column of a report: what stands in it, where that comes from, and what it means.
///
/// Files, what is served over HTTP, its description and the manual are all made of these, so that
/// none of them says something else than the others.
public struct ReportColumn: Sendable, Equatable {
  /// What a cell holds that is not empty.
  public enum Kind: String, Sendable, CaseIterable {
    /// Any text; identifiers too, whatever digits they are made of.
    case text
    /// An exact number with or without a fraction, plain, without zeros at its end.
    case decimal
    /// A whole number.
    case integer
    /// A day of the calendar, `YYYY-MM-DD`.
    case day
    /// A moment, RFC 3339.
    case instant
  }

  /// What the numbers of a column count.
  public enum Unit: String, Sendable, CaseIterable {
    /// What the row names in its column `unidad`.
    case ofRow = "unidad"
    /// Mexican pesos.
    case pesos = "MXN"
    /// Days.
    case days = "dias"
    /// US dollars.
    case dollars = "USD"
    /// What the row names in its column `unidad_tarifa`.
    case ofTariff = "unidad_tarifa"
  }

  /// Its name, in the header of a file and wherever else.
  public let name: String
  /// What its cells hold.
  public let kind: Kind
  /// What its numbers count; nil where they count nothing, or are none.
  public let unit: Unit?
  /// The event and the field that it is taken from, or else what of the program makes it.
  public let source: String
  /// Where the law asks for it; nil where nothing is known that does.
  public let law: String?
  /// What it means, in Spanish.
  public let spanish: String
  /// What it means, in English.
  public let english: String

  init(
    _ name: String, _ kind: Kind = .text, _ unit: Unit? = nil, from source: String,
    law: String? = nil, es spanish: String, en english: String
  ) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.source = source
    self.law = law
    self.spanish = spanish
    self.english = english
  }

  /// A quantity in the unit that the row names.
  static func quantity(
    _ name: String, from source: String = computed, es spanish: String, en english: String
  ) -> ReportColumn {
    ReportColumn(name, .decimal, .ofRow, from: source, es: spanish, en: english)
  }

  /// An amount in pesos.
  static func money(
    _ name: String, from source: String = computed, es spanish: String, en english: String
  ) -> ReportColumn {
    ReportColumn(name, .decimal, .pesos, from: source, es: spanish, en: english)
  }

  /// What the program makes out of several facts.
  static let computed = "computed"
}

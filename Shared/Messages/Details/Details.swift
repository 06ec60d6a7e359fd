/// What a document or a line of one says beside what the books need (Events.md#optional): each of
/// it a text, as reports show it. Nothing in the books depends on any of it.
public struct Details<Name: DetailName>: Sendable, Equatable {
  private var texts: [Name: String] = [:]

  /// Nothing said.
  public init() {}

  /// Whether nothing is said.
  public var isEmpty: Bool { texts.isEmpty }

  /// What is said under a name; nil where nothing is. A blank text says nothing, and a text that is
  /// longer than ``limit`` is cut: the event has it whole.
  public subscript(name: Name) -> String? {
    get { texts[name] }
    set {
      guard let text = newValue.map(Self.visible), !text.allSatisfy(\.isWhitespace) else {
        return texts[name] = nil
      }
      texts[name] = Self.cut(text)
    }
  }

  /// So many bytes of a text are kept: a record of many lines has many of them.
  public static var limit: Int { 250 }

  /// Takes everything that other details say.
  public mutating func formUnion(_ other: Details) {
    for (name, text) in other.texts { texts[name] = text }
  }

  /// Adds a text to those that are said under a name, unless it is among them.
  public mutating func add(_ text: String, to name: Name) {
    guard let known = texts[name] else { return self[name] = text }
    guard !known.split(separator: Self.separator).contains(text[...]) else { return }
    self[name] = known + Self.separator + text
  }

  /// What stands between several texts.
  static var separator: String { "; " }

  /// The text on one line, without control characters.
  private static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var visible = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { visible.append(isControl(scalar) ? " " : scalar) }
    return String(visible)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
  }

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > limit else { return text }
    var cut = ""
    for character in text {
      guard cut.utf8.count + character.utf8.count <= limit - 3 else { break }
      cut.append(character)
    }
    return cut + "…"
  }
}

/// The name of a detail: its cases stand in the order of their names.
public protocol DetailName: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}

/// What a pedimento says of itself.
public enum DocumentDetail: String, DetailName {
  /// The customs broker.
  case broker
  /// The day on which the goods were cleared.
  case clearedOn
  /// The day on which goods of a consolidated pedimento crossed.
  case crossedOn
  /// The customs office.
  case customsOffice
  /// The day of entry that was declared.
  case enteredOn
  /// The notice of a consolidated pedimento.
  case notice
  /// Waybill or bill of lading.
  case transportDocument
}

/// What a line of a pedimento says of itself.
public enum LineDetail: String, DetailName {
  /// The company's own tag of a piece of machinery.
  case assetTag
  /// The brand.
  case brand
  /// Electronic value documents (COVE) of the invoices, in their order.
  case cove
  /// Who received what went out.
  case customer
  /// Customs value in MXN.
  case customsValueMXN
  /// What the pedimento says that the goods are.
  case description
  /// Where goods went.
  case destinationCountry
  /// Rate of the import or export duty.
  case dutyRate
  /// What kind of rate that is.
  case dutyRateKind
  /// How the duty is paid.
  case formOfPayment
  /// The numbers of the invoices.
  case invoice
  /// The days of the invoices, in their order.
  case invoiceDate
  /// Where a piece of machinery stands.
  case location
  /// The model.
  case model
  /// Where goods were bought.
  case sellerCountry
  /// The serial number.
  case serial
  /// Who sent what came in.
  case supplier
  /// Quantity in the unit of the tariff.
  case tariffQuantity
  /// The unit of the tariff, its code.
  case tariffUom
  /// Value in US dollars.
  case valueUSD
}

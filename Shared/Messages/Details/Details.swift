/// What a document or a line of one says beside what the books need (Events.md#optional): each of
/// it a text, as reports show it. Nothing in the books depends on any of it.
public struct Details<Name: DetailName>: Sendable {
  /// Few, and each name once: looked through faster than any table would find one.
  private var said: [(name: Name, text: String)] = []

  /// Nothing said.
  public init() {}

  /// Whether nothing is said.
  public var isEmpty: Bool { said.isEmpty }

  /// What is said under a name; nil where nothing is. A blank text says nothing, and a text that is
  /// longer than ``limit`` is cut: the event has it whole.
  public subscript(name: Name) -> String? {
    get { said.first { $0.name == name }?.text }
    set {
      let place = said.firstIndex { $0.name == name }
      guard let text = newValue.map(Self.visible), !Self.isBlank(text) else {
        if let place { said.remove(at: place) }
        return
      }
      if let place {
        said[place].text = Self.cut(text)
      } else {
        said.append((name, Self.cut(text)))
      }
    }
  }

  /// So many bytes of a text are kept: a record of many lines has many of them.
  public static var limit: Int { 250 }

  /// Takes everything that other details say.
  public mutating func formUnion(_ other: Details) {
    for (name, text) in other.said { self[name] = text }
  }

  /// Adds a text to those that are said under a name, unless it is among them.
  public mutating func add(_ text: String, to name: Name) {
    guard let known = self[name] else { return self[name] = text }
    guard !known.split(separator: Self.separator).contains(text[...]) else { return }
    self[name] = known + Self.separator + text
  }

  /// What stands between several texts.
  static var separator: String { "; " }

  private static func isBlank(_ text: String) -> Bool {
    if let first = text.utf8.first, first > 0x20, first < 0x7F { return false }
    return text.allSatisfy(\.isWhitespace)
  }

  /// The text on one line, without control characters.
  private static func visible(_ text: String) -> String {
    // Those beyond ASCII begin with C2; so do others, which the second look tells.
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }) else { return text }
    var visible = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      visible.append(isControl ? " " : scalar)
    }
    return String(visible)
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

extension Details: Equatable {
  public static func == (a: Details, b: Details) -> Bool {
    a.said.count == b.said.count && a.said.allSatisfy { b[$0.name] == $0.text }
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

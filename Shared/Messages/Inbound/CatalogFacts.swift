import Ledger

/// `immex.company.v1`: a company of the programme.
public struct Company: Sendable, Equatable, Codable {
  public var rfc: String
  public var name: String
  public var immexProgram: String
  public var certification: String?
  /// Where it pays its taxes; nil where nobody said it.
  public var fiscalAddress: Address?

  init(_ data: FieldReader) throws(Rejection) {
    rfc = try data.rfc("rfc")
    name = try data.name("name", atMost: 300)
    immexProgram = try data.name("immexProgram")
    certification = try data.optionalText("certification")
    if let certification, !["A", "AA", "AAA", "OEA"].contains(certification) {
      throw Rejection(.wordUnknown, field: "certification", value: certification)
    }
    fiscalAddress = try data.optionalAddress("fiscalAddress")
  }
}

/// `immex.plant.v1`: a plant or warehouse of a company.
public struct Plant: Sendable, Equatable, Codable {
  public var plant: String
  public var rfc: String
  public var name: String
  /// Where it is, in one line.
  public var address: String
  /// The same in its parts, where it was said so.
  public var addressParts: Address?
  /// What it is; nil where nobody said it.
  public var kind: Kind?
  /// The zone (IANA) whose days are the plant's; nil for America/Mexico_City. It has the shape of
  /// one: which ones there are changes, and intake asks for it.
  public var timeZone: String?

  /// What a plant is.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case plant, warehouse
  }

  init(_ data: FieldReader) throws(Rejection) {
    plant = try data.plant("plant")
    rfc = try data.rfc("rfc")
    name = try data.name("name", atMost: 300)
    if data.optional("address")?.isObject == true {
      let parts = try data.optionalAddress("address")
      (address, addressParts) = (parts?.text ?? "", parts)
    } else {
      address = try data.text("address")
    }
    if data.has("kind") { kind = try data.word("kind") }
    guard data.has("timeZone") else { return }
    timeZone = try data.checked("timeZone", .timeZoneUnknown, Shapes.isTimeZone)
  }
}

/// `immex.part.v1`: a part number of the catalogue.
public struct Part: Sendable, Equatable {
  public var part: String
  public var kind: PartKind
  public var description: String
  public var tariffItem: String
  public var nico: String
  /// The base unit.
  public var uom: UnitOfMeasure
  /// The unit of the tariff; nil where nobody said it.
  public var tariffUOM: UnitOfMeasure?
  public var category: Category
  /// `1 uom = factor × base unit`.
  public var conversions: [Conversion]

  /// A unit and how many base units it is.
  public struct Conversion: Sendable, Equatable {
    public var uom: UnitOfMeasure
    public var factor: ExactDecimal

    init(_ data: FieldReader) throws(Rejection) {
      uom = try data.uom("uom")
      factor = try data.quantity("factor")
    }
  }

  init(_ data: FieldReader) throws(Rejection) {
    part = try data.name("part")
    kind = try data.word("kind")
    description = try data.text("description")
    tariffItem = try data.checked("tariffItem", .tariffItemMalformed, Shapes.isTariffItem)
    nico = try data.checked("nico", .nicoMalformed, Shapes.isNICO)
    uom = try data.uom("uom")
    tariffUOM = try data.optionalUOM("tariffUom")
    category = try data.word("category")
    conversions = try data.list("conversions") { (item) throws(Rejection) in try Conversion(item) }
    var seen: Set<UnitOfMeasure> = []
    for (index, conversion) in conversions.enumerated()
    where !seen.insert(conversion.uom).inserted {
      throw Rejection(
        .listRepeats, field: "conversions[\(index)].uom", value: "\(conversion.uom.code)")
    }
  }

  /// How many base units one of `unit` is; nil if the catalogue gives no factor.
  public func factor(of unit: UnitOfMeasure) -> ExactDecimal? {
    unit == uom ? .one : conversions.first { $0.uom == unit }?.factor
  }
}

/// `immex.bom.v1`: one version of a product's bill of materials, general or of one plant.
public struct BillOfMaterials: Sendable, Equatable {
  public var product: String
  public var version: String
  public var validFrom: CalendarDate
  /// The plant that it is for; nil for every plant.
  public var plant: String?
  public var components: [Component]

  /// What one unit of the product takes of a part, in the part's base unit: any of the three may be
  /// zero, but not all (Rules.md#R4.5).
  public struct Component: Sendable, Equatable {
    public var part: String
    /// Incorporated in one unit of the product.
    public var perUnit: ExactDecimal
    /// Merma for one unit of the product.
    public var waste: ExactDecimal
    /// Desperdicio for one unit of the product.
    public var scrap: ExactDecimal

    init(_ data: FieldReader) throws(Rejection) {
      part = try data.name("part")
      _ = try data.required("perUnit")
      perUnit = try data.share("perUnit")
      guard (try? perUnit.rounded(toDigits: 6)) != nil else {
        throw Rejection(.quantityOverflow, field: "perUnit", value: perUnit.description)
      }
      waste = try data.share("waste")
      scrap = try data.share("scrap")
      guard perUnit.isPositive || waste.isPositive || scrap.isPositive else {
        throw Rejection(.quantityNotPositive, field: "perUnit", value: perUnit.description)
      }
    }
  }

  init(_ data: FieldReader) throws(Rejection) {
    product = try data.name("product")
    version = try data.name("version")
    validFrom = try data.date("validFrom")
    plant = try data.optionalName("plant")
    components = try data.list("components", atLeast: 1) { (item) throws(Rejection) in
      try Component(item)
    }
    if let index = components.firstIndex(where: { $0.part == product }) {
      throw Rejection(.bomCycle, field: "components[\(index)].part", value: product)
    }
  }
}

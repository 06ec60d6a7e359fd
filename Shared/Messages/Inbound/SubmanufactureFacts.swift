import Ledger

/// `immex.submanufacturer.v1`: somebody whom a company's programme registers to work on its goods.
public struct Submanufacturer: Sendable, Equatable {
  /// The company's own name for it, unique within the company.
  public var submanufacturer: String
  /// The company whose programme registers it.
  public var rfc: String
  /// The sub-manufacturer's own RFC.
  public var ownRFC: String
  public var name: String
  /// Where it works on the goods.
  public var site: String
  /// Its own IMMEX programme; nil if it has none.
  public var program: String?
  /// The first day on which goods may go there.
  public var validFrom: CalendarDate

  init(_ data: FieldReader) throws(Rejection) {
    submanufacturer = try data.plant("submanufacturer")
    rfc = try data.rfc("rfc")
    ownRFC = try data.rfc("ownRfc")
    name = try data.name("name", atMost: 300)
    site = try data.text("site")
    program = try data.optionalText("program")
    validFrom = try data.date("validFrom")
  }
}

/// `immex.submanufacture.v1`: goods that go to a sub-manufacturer or come back from one.
///
/// They change place, and neither book nor clock: nothing of it reaches the books.
public struct SubmanufactureEvent: Sendable, Equatable {
  public var kind: Kind
  public var rfc: String
  /// The plant that sends the goods and takes them back.
  public var plant: String
  public var submanufacturer: String
  /// The folio of the notice under which the goods went.
  public var noticeFolio: String
  public var document: String
  public var part: String
  /// In ``uom``.
  public var quantity: ExactDecimal
  public var uom: UnitOfMeasure
  /// The day of `occurredAt` as its sender wrote it, in the sender's own offset.
  public var occurredOn: CalendarDate
  /// Of what comes back: what it was when it went; nil if it is the same part, of whichever
  /// sending.
  public var of: Origin?

  /// Which way goods go.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case sent, returned
  }

  /// What goods that come back were when they went.
  public struct Origin: Sendable, Equatable {
    /// The document by which they went; nil for whichever.
    public var document: String?
    public var part: String
    /// How much of ``part`` came back in them, in ``uom``.
    public var quantity: ExactDecimal
    public var uom: UnitOfMeasure
  }

  init(_ data: FieldReader) throws(Rejection) {
    kind = try data.word("kind")
    rfc = try data.rfc("rfc")
    plant = try data.plant("plant")
    submanufacturer = try data.plant("submanufacturer")
    noticeFolio = try data.name("noticeFolio")
    document = try data.name("document")
    part = try data.name("part")
    quantity = try data.quantity("quantity")
    uom = try data.uom("uom")
    _ = try data.instant("occurredAt")
    occurredOn = try data.day("occurredAt")
    guard kind == .returned, data.has("of") else { return }
    let origin = try data.object("of")
    do throws(Rejection) {
      of = try Self.origin(origin, returned: self)
    } catch {
      throw error.within("of")
    }
  }

  /// The quantity may be left out where the part is what comes back.
  private static func origin(
    _ data: FieldReader, returned: SubmanufactureEvent
  ) throws(Rejection) -> Origin {
    let part = try data.optionalName("part") ?? returned.part
    let isSame = part == returned.part && !data.has("quantity") && !data.has("uom")
    return Origin(
      document: try data.optionalName("document"), part: part,
      quantity: isSame ? returned.quantity : try data.quantity("quantity"),
      uom: isSame ? returned.uom : try data.uom("uom"))
  }
}

import Ledger

/// `immex.party.v1`: whom a company trades with or has work for it. Nothing in the books depends on
/// it.
public struct Party: Sendable, Equatable {
  /// Its RFC or tax number; with ``kind`` its name in the catalogue: one that both sells and buys
  /// is two.
  public var party: String
  public var name: String
  public var kind: Kind
  public var country: String
  public var address: Address?

  /// What a party does.
  public enum Kind: String, Sendable, CaseIterable {
    case supplier, customer, broker, carrier
  }

  init(_ data: FieldReader) throws(Rejection) {
    party = try data.name("party")
    name = try data.name("name", atMost: 300)
    kind = try data.word("kind")
    country = try data.checked("country", .countryMalformed, Shapes.isCountry)
    address = try data.optionalAddress("address")
  }
}

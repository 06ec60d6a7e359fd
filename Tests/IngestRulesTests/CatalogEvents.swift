import IngestRules
import Ledger
import Messages

/// Events of the catalogue, and other events, as text.
enum CatalogEvents {
  static func event(
    _ type: String, _ data: String, time: String = "2026-01-01T00:00:00Z", id: String = "e-1",
    source: String = "/erp"
  ) -> String {
    #"{"specversion":"1.0","id":"\#(id)","source":"\#(source)","type":"\#(type)","#
      + #""time":"\#(time)","data":\#(data)}"#
  }

  static func bill(
    _ product: String, _ version: String, from validFrom: String, at plant: String? = nil,
    _ components: [String]
  ) -> String {
    let place = plant.map { #""plant":"\#($0)","# } ?? ""
    return event(
      "immex.bom.v1",
      #"{"product":"\#(product)","version":"\#(version)","validFrom":"\#(validFrom)",\#(place)"#
        + #""components":[\#(components.joined(separator: ","))]}"#)
  }

  static func component(
    _ part: String, _ perUnit: String, waste: String = "0", scrap: String = "0"
  ) -> String {
    #"{"part":"\#(part)","perUnit":"\#(perUnit)","waste":"\#(waste)","scrap":"\#(scrap)"}"#
  }

  static func decoded(_ text: String) throws -> InboundEvent {
    var decoder = EventDecoder()
    return try decoder.decode(Array(text.utf8))
  }
}

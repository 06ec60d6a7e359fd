extension RoutingTests {
  private static func event(_ type: String, _ data: String) -> String {
    #"{"specversion":"1.0","id":"e-1","source":"/erp/mty","type":"\#(type)","#
      + #""time":"2026-03-05T18:00:00Z","data":\#(data)}"#
  }

  static let plant = event(
    "immex.plant.v1",
    #"{"plant":"MTY-1","rfc":"XEXX010101000","name":"Monterrey","address":"Av. Uno 1"}"#)

  static func pedimento(rfc: String) -> String {
    event(
      "immex.pedimento.v1",
      """
      {"pedimento":"262434567890123","clave":"IN","operation":"import","rfc":"\(rfc)",\
      "plant":"MTY-1","paidOn":"2026-03-05","lines":[{"line":1,"part":"PN-1","quantity":1.50,\
      "uom":6,"tariffItem":"85444299","nico":"01","valueMXN":10,"originCountry":"CHN"}]}
      """)
  }

  static let act = event(
    "immex.destruction.v1",
    """
    {"acta":"ACT-1","noticeFolio":"F-1","destroyedOn":"2026-04-01","rfc":"XEXX010101000",\
    "plant":"MTY-1","lines":[{"line":1,"part":"PN-1","quantity":"4","uom":6}]}
    """)

  static let move = event(
    "immex.stock.v1",
    """
    {"kind":"moved","plant":"MTY-1","part":"PN-1","quantity":"3","uom":6,"document":"MV-1",\
    "occurredAt":"2026-03-05T12:00:00Z","rfc":"XEXX010101000","toPlant":"QRO-1","aviso":"AV-1"}
    """)

  static func stock(_ plant: String, _ part: String) -> String {
    event(
      "immex.stock.v1",
      """
      {"kind":"issued","plant":"\(plant)","part":"\(part)","quantity":"12.5","uom":6,\
      "document":"WO-77","occurredAt":"2026-03-05T23:59:59-06:00"}
      """)
  }
}

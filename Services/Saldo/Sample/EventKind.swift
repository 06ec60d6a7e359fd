/// The types of events that the sample writes.
enum EventKind: Int, CaseIterable {
  case company, plant, part, bom, pedimento, stock, destruction, submanufacturer, submanufacture
  case destructionNotice

  var type: StaticString {
    switch self {
    case .company: "immex.company.v1"
    case .plant: "immex.plant.v1"
    case .part: "immex.part.v1"
    case .bom: "immex.bom.v1"
    case .pedimento: "immex.pedimento.v1"
    case .stock: "immex.stock.v1"
    case .destruction: "immex.destruction.v1"
    case .submanufacturer: "immex.submanufacturer.v1"
    case .submanufacture: "immex.submanufacture.v1"
    case .destructionNotice: "immex.destructionNotice.v1"
    }
  }

  var source: StaticString {
    switch self {
    case .company, .plant, .part, .submanufacturer: "/erp"
    case .bom: "/plm"
    case .pedimento: "/customs"
    case .stock, .submanufacture: "/wms"
    case .destruction, .destructionNotice: "/compliance"
    }
  }
}

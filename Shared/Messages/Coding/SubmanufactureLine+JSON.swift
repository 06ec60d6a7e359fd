import Ledger

extension SubmanufactureLine: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"date":"#, date)
    bytes.append(json: #","kind":"#, kind.rawValue)
    bytes.append(json: #","noticeFolio":"#, noticeFolio)
    bytes.append(json: #","ofDocument":"#, ofDocument)
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","quantity":"#, quantity)
    bytes.append(json: #","submanufacturer":"#, submanufacturer)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    date = try members.value("date")
    kind = try members.value("kind")
    noticeFolio = try members.value("noticeFolio")
    ofDocument = try members.optional("ofDocument")
    part = try members.value("part")
    plant = try members.value("plant")
    quantity = try members.value("quantity")
    submanufacturer = try members.value("submanufacturer")
  }
}

extension SubmanufactureEvent.Kind: JSONReadable {}

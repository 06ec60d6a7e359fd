import Ledger

extension TransitMovement: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"document":"#, document)
    bytes.append(json: #","kind":"transit","part":"#, part)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    document = try members.value("document")
    members.skip("kind")
    part = try members.value("part")
    plant = try members.value("plant")
  }
}

import Foundation
import IngestFiles
import Testing

@Suite("ZIPs from outside")
struct ZipSafetyTests {
  typealias Member = ZipBytes.Member

  static let files = DataStageSample.plain.files.map { file in
    Member(name: "f_\(file.code).asc", content: file.text.unicodeScalars.map { UInt8($0.value) })
  }

  @Test("A sound ZIP loads")
  func sound() throws {
    #expect(try failure(ZipBytes(members: Self.files).bytes) == nil)
  }

  @Test(
    "Names that lead out of the ZIP are refused",
    arguments: [
      "/f_501.asc", "../f_501.asc", "a/../../f_501.asc", "a\\..\\f_501.asc", "\\f_501.asc",
      "C:\\f_501.asc", "c:f.txt", "..", "a/..",
    ])
  func unsafePath(_ name: String) throws {
    let zip = ZipBytes(members: Self.files + [Member(name: name, content: [])])
    #expect(try failure(zip.bytes) == .unsafePath)
  }

  @Test("Names with dots inside are not", arguments: ["a..b.txt", "...", "a/..b", ".hidden"])
  func safePath(_ name: String) throws {
    let zip = ZipBytes(members: Self.files + [Member(name: name, content: [])])
    #expect(try failure(zip.bytes) == nil)
  }

  @Test("Encrypted members are refused, whichever they are")
  func encrypted() throws {
    for name in ["f_507.asc", "other.txt"] {
      let zip = ZipBytes(
        members: Self.files + [
          Member(name: name, content: [UInt8](repeating: 1, count: 20), flags: 1)
        ])
      #expect(try failure(zip.bytes) == .encrypted)
    }
  }

  @Test("A damaged member fails the file before its first event")
  func corrupt() throws {
    var members = Self.files
    members[1].crc = 1
    #expect(try failure(ZipBytes(members: members).bytes) == .corrupt)
    members = Self.files
    members[1].method = 8
    #expect(try failure(ZipBytes(members: members).bytes) == .corrupt)
    members[1].method = 97
    #expect(try failure(ZipBytes(members: members).bytes) == .unsupported)
  }

  @Test(
    "A member that is not of the size that it declares is refused", arguments: [0, 10, 200_000])
  func lies(_ size: UInt32) throws {
    let text = [UInt8](repeating: UInt8(ascii: "|"), count: 100_000)
    var zip = try ZipBytes.deflated([("f_501.asc", text)])
    #expect(try failure(zip) == nil)
    let declared = withUnsafeBytes(of: size.littleEndian) { Array($0) }
    // The uncompressed size in the local header and in the directory.
    for (signature, field) in [([0x50, 0x4B, 3, 4] as [UInt8], 22), ([0x50, 0x4B, 1, 2], 24)] {
      let at = try #require(zip.firstRange(of: signature)).lowerBound + field
      zip.replaceSubrange(at..<at + 4, with: declared)
    }
    #expect(try failure(zip) == .corrupt)
  }

  @Test("Bombs are refused")
  func bombs() throws {
    let zeros = [UInt8](repeating: 0, count: 3 << 20)
    let zip = try ZipBytes.deflated([("f_501.asc", zeros), ("f_551.asc", zeros)])
    #expect(try failure(zip, limits { $0.maxUncompressed = 4 << 20 }) == .bomb)
    #expect(try failure(zip, limits { $0.ratioFloor = 4 << 20 }) == .bomb)
    let most = limits { ($0.ratioFloor, $0.maxRatio) = (4 << 20, 2_000) }
    #expect(try failure(zip, most) == nil)
  }

  @Test("Declared sizes that add up beyond all numbers are refused")
  func overflow() throws {
    var members = Self.files
    members[0].declaredSize = .max - 1
    members[1].declaredSize = .max - 1
    #expect(try failure(ZipBytes(members: members).bytes) == .bomb)
  }

  @Test("Too many members are refused")
  func memberCount() throws {
    let zip = ZipBytes(members: Self.files).bytes
    #expect(try failure(zip, limits { $0.maxMembers = 1 }) == .tooManyMembers)
    #expect(try failure(zip, limits { $0.maxMembers = 2 }) == nil)
  }

  @Test("A ZIP without the files of a Data Stage is none")
  func noDataStage() throws {
    #expect(try failure(ZipBytes(members: []).bytes) == .unknownFormat)
    #expect(try failure(ZipBytes.of([("a.txt", "x")])) == .unknownFormat)
    #expect(try failure(ZipBytes.of([("f_507.asc", "")])) == .unknownFormat)
  }

  @Test("A ZIP that is cut anywhere is refused, in memory and on disk")
  func truncated() throws {
    let zip = try fixture("4815162342_Solicitudes.zip")
    for length in stride(from: 4, to: zip.count, by: 64) {
      let code = try failure(Array(zip.prefix(length)))
      #expect(code == (length < 22 ? .notAZip : .truncated), "cut at \(length)")
    }
    let error = #expect(throws: InputFileError.self) { try loadFromDisk(Array(zip.prefix(9_000))) }
    #expect(error?.code == .truncated)
  }

  private func limits(_ change: (inout FileLimits) -> Void) -> FileLimits {
    var limits = FileLimits()
    change(&limits)
    return limits
  }
}

import Foundation
import Testing
import WorkbookReader

@testable import Workbook

/// Archives beyond 4 GiB, which a file with a hole has without anybody writing that much.
@Suite struct ZIPWriterTests {
  @Test(arguments: [0, 4_294_967_000, 4_294_967_295, 6_000_000_000] as [UInt64])
  func membersAreFoundWhereverTheyBegin(_ offset: UInt64) throws {
    let zip = try ZIPWriter(level: 6, offset: offset)
    for name in ["a.xml", "b.xml"] {
      zip.begin(name)
      try zip.write(String(repeating: name, count: 1_000))
      try zip.end()
    }
    zip.finish()
    let path = FileManager.default.temporaryDirectory
      .appending(path: "archive-\(UUID().uuidString).zip").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seek(toOffset: offset)
    try handle.write(contentsOf: zip.output)
    try handle.close()
    let members = try ZIPContents.of(path)
    #expect(members.keys.sorted() == ["a.xml", "b.xml"])
    for (name, bytes) in members {
      #expect(String(decoding: bytes, as: UTF8.self) == String(repeating: name, count: 1_000))
    }
  }

  @Test func manyMembersAreFound() throws {
    let zip = try ZIPWriter(level: 1)
    for number in 0..<70_000 {
      zip.begin("\(number)")
      try zip.end()
    }
    zip.finish()
    let path = FileManager.default.temporaryDirectory
      .appending(path: "archive-\(UUID().uuidString).zip").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(zip.output).write(to: URL(filePath: path))
    #expect(try ZIPContents.of(path).count == 70_000)
  }
}

import Testing

/// The rules of the house that a machine can check, held to every source of the repository.
@Suite struct TidyTests {
  let files: [SourceFile]

  init() throws { files = try SourceTree.allFiles() }

  @Test func theTreeIsFound() {
    #expect(files.contains { $0.path == "Tests/TidyTests/TidyTests.swift" })
    #expect(files.contains { $0.path == "Package.swift" })
    #expect(files.contains { $0.isIn("Shared/Ledger") })
  }

  @Test func importsFollowTheArrows() { report(Arrows.findings(in: files)) }

  @Test func noForbiddenWordIsUsed() { report(ForbiddenWord.findings(in: files)) }

  @Test func uncheckedPromisesAreArgued() { report(UncheckedPromises.findings(in: files)) }

  @Test func filesAreInShape() { report(Layout.findings(in: files)) }

  @Test func everyFolderOfSourcesIsATarget() { report(DeclaredTargets.findings(in: files)) }

  @Test func whatIsPublicIsDocumented() { report(PublicDocumentation.findings(in: files)) }

  @Test func whatIsCitedIsThere() {
    report(Citations.findings(in: files))
    let cites = files.contains { $0.isSwift && $0.lines.contains { $0.contains("Rules.md#R5.2") } }
    #expect(cites)
  }

  private func report(_ findings: [Finding]) {
    for finding in findings.sorted(by: { ($0.path, $0.line) < ($1.path, $1.line) }) {
      Issue.record("\(finding)")
    }
  }
}

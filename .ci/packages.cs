// Looks into the packages of artifacts/packages, as they would be published: packages.cs <commit>
//   each: the license, a README of its own, the commit that it was built of, and symbols in each library of ours
//   the contracts: no dependency but the attributes that their types carry, and what those depend on

using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Xml.Linq;

const string PackagesDirectory = "artifacts/packages";
const string Ours = "Orleans.Workflows.";
const string Contracts = "Orleans.Workflows.Abstractions";
const string Attributes =
    "Microsoft.Orleans.Serialization.Abstractions, Microsoft.Extensions.DependencyInjection.Abstractions";

if (args is not [{ Length: 40 } commit])
{
    Console.Error.WriteLine("usage: packages.cs <commit>");
    return 2;
}

var faults = new List<string>();
var readmes = new Dictionary<string, string>();
var packages = Directory.GetFiles(PackagesDirectory, "*.nupkg").Order(StringComparer.Ordinal).ToList();
foreach (var package in packages)
{
    using var content = ZipFile.OpenRead(package);
    CheckPackage(Path.GetFileNameWithoutExtension(package), content);
}

faults.ForEach(Console.WriteLine);
Console.WriteLine($"{packages.Count} packages, {faults.Count} faults");
return packages.Count == 0 || faults.Count > 0 ? 1 : 0;

void CheckPackage(string name, ZipArchive content)
{
    using var stream = content.Entries.Single(static entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal))
        .Open();
    var facts = XDocument.Load(stream).Descendants().ToLookup(static element => element.Name.LocalName);
    var repository = facts["repository"].SingleOrDefault();
    Expect("the license MIT", facts["license"].SingleOrDefault()?.Value == "MIT");
    Expect("a repository of the type git", repository?.Attribute("type")?.Value == "git");
    Expect($"the commit {commit}", repository?.Attribute("commit")?.Value == commit);
    Expect(
        "no address of a repository but one of the web",
        repository?.Attribute("url") is not { } url || url.Value.StartsWith("https://", StringComparison.Ordinal));

    var readme = content.GetEntry(facts["readme"].SingleOrDefault()?.Value ?? "");
    var text = readme is null ? "" : Convert.ToHexString(SHA256.HashData(ReadAll(readme)));
    Expect("a README", readme is not null);
    Expect($"a README of its own, not that of {readmes.GetValueOrDefault(text)}", readmes.TryAdd(text, name));

    Expect(
        "no symbols beside the libraries",
        !content.Entries.Any(static entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal)));
    foreach (
        var library in content.Entries.Where(static entry => entry.Name.StartsWith(Ours, StringComparison.Ordinal)
            && entry.Name.EndsWith(".dll", StringComparison.Ordinal)))
    {
        using var image = new PEReader(new MemoryStream(ReadAll(library)));
        Expect(
            $"symbols in {library.FullName}",
            image.ReadDebugDirectory().Any(static entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
    }

    if (name.StartsWith(Contracts, StringComparison.Ordinal))
    {
        var dependencies = string.Join(", ", facts["dependency"].Select(static one => one.Attribute("id")!.Value));
        Expect($"no dependency but {Attributes}, and not {dependencies}", dependencies == Attributes);
    }

    void Expect(string what, bool holds)
    {
        if (!holds)
        {
            faults.Add($"{name}: expected {what}");
        }
    }
}

static byte[] ReadAll(ZipArchiveEntry entry)
{
    using var stream = entry.Open();
    using var all = new MemoryStream();
    stream.CopyTo(all);
    return all.ToArray();
}

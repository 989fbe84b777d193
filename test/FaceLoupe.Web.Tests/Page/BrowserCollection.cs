namespace FaceLoupe.Web.Tests.Page;

/// <summary>The tests of the page share a browser and a server, and take turns.</summary>
[CollectionDefinition(nameof(BrowserCollection))]
public sealed class BrowserCollection : ICollectionFixture<Browser>, ICollectionFixture<LoopbackServer>;

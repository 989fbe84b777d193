namespace FaceLoupe.Web.Tests.Page;

/// <summary>The tests of the page share a browser and a server, and take turns.</summary>
[CollectionDefinition(nameof(SharedBrowser))]
public sealed class SharedBrowser : ICollectionFixture<Browser>, ICollectionFixture<LoopbackServer>;

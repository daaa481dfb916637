// A tap on the map moves the pin; "use my position" asks the device. Both only open the same page at that point:
// without this file the streets, cells and the list do it.
const svg = document.getElementById("map");
const form = document.getElementById("locate");

function go(lon, lat) {
  form.lon.value = lon.toFixed(7);
  form.lat.value = lat.toFixed(7);
  form.querySelector("[name=street]")?.remove();
  form.requestSubmit();
}

if (svg && svg.dataset.tap === "place") {
  svg.addEventListener("click", (event) => {
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    const { west, east, south, north } = Object.fromEntries(
      ["west", "east", "south", "north"].map((side) => [side, Number(svg.dataset[side])]),
    );
    // A link reached by keyboard has no pointer position: it keeps its own address.
    if (event.detail === 0) {
      const link = event.target.closest("a");
      if (link) location.href = link.getAttribute("href");
      return;
    }
    go(west + ((event.clientX - box.left) / box.width) * (east - west), north - ((event.clientY - box.top) / box.height) * (north - south));
  });
}

if (form && "geolocation" in navigator) {
  form.hidden = false;
  const says = document.getElementById("position-says");
  document.getElementById("my-position").addEventListener("click", () => {
    says.textContent = says.dataset.wait;
    navigator.geolocation.getCurrentPosition(
      (position) => go(position.coords.longitude, position.coords.latitude),
      () => { says.textContent = says.dataset.no; },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}

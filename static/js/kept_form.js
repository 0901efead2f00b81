// Goes on with a form that was kept while somebody signed in again; without this, by its button.
document.querySelector("form[data-goes-on]")?.requestSubmit();
